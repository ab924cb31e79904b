"""Runs the three lines with which a user of PySpark judges traces, as pipeline/library.md has them.

usage: judge_in_three_lines.py LIBRARY_MD PROJECT RUN TRACES SCORES

LIBRARY_MD is the document; its first Python code is run in the folder PROJECT, with the folder RUN and the place TRACES
for those of the document. SCORES is the table trace_scores of the run, whose detectors must give the validation traces
in TRACES the same scores. Prints how many scores are the same.
"""

import math
import os
import re
import sys
from pathlib import Path

from pyiceberg.table import StaticTable


def main(library, project, run, traces, scores):
    [code] = re.findall(r"^```python\n(.*?)^```$", Path(library).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for named, actual in (("workspace/runs/tuesday", run), ("/new/traces", traces)):
        if code.count(f'"{named}"') != 1:
            sys.exit(f"{library} does not name {named} once")
        code = code.replace(f'"{named}"', repr(actual))
    statements = [line for line in code.splitlines() if line and not line.startswith(("from ", "import ", "#"))]
    if len(statements) != 3:
        sys.exit(f"{library} has {len(statements)} lines, not three")
    os.chdir(project)
    names = {}
    exec(code, names)  # noqa: S102 - the document is the subject of this test
    judged = names["judged"]
    found = {(row.detector, row.trace_id): row for row in judged.collect()}
    alarms = judged.where("alarm").count()
    names["spark"].stop()

    rows = StaticTable.from_metadata(scores).scan(row_filter=f"run_id == '{Path(run).name}'").to_arrow().to_pylist()
    saved = {(row["detector"], row["trace_id"]): row for row in rows if row["split"] == "validation"}
    if not saved or found.keys() != saved.keys():
        sys.exit(f"{len(found)} scores, and {len(saved)} in the table")
    for key, row in saved.items():
        one = found[key]
        same = math.isclose(one.score, row["score"], rel_tol=1e-5, abs_tol=1e-5)
        if not same or one.calls != row["calls"]:
            sys.exit(f"{key}: {one} and {row}")
    if alarms != sum(row["alarm"] for row in saved.values()):
        sys.exit(f"{alarms} alarms")
    print(f"{len(found)} scores and {alarms} alarms are the same")


main(*sys.argv[1:])
