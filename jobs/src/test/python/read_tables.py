"""Reads the metric tables with pyiceberg and with ClickHouse, and writes their rows as lines of JSON.

usage: read_tables.py WORKSPACE OUTPUT

OUTPUT gets the folders pyiceberg and clickhouse, each with a file TABLE.jsonl: an array for each row, in which a double
is its 64 bits in hexadecimal and a time is a number of microseconds since 1970.
"""

import json
import math
import os
import struct
import sys
from pathlib import Path

import chdb
import pyarrow as pa
from pyiceberg.table import StaticTable

NAMESPACE = Path("warehouse/syscall_anomaly")


def canonical(value):
    if isinstance(value, float):
        return "7ff8000000000000" if math.isnan(value) else struct.pack(">d", value).hex()
    return value


def values(column):
    kind = column.type
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", kind.tz)).cast(pa.int64())
    return [canonical(value) for value in column.to_pylist()]


def write(table, columns, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as lines:
        for row in zip(*(values(table.column(name)) for name in columns)):
            lines.write(json.dumps(row) + "\n")


def main(workspace, output):
    output = Path(output).absolute()
    # ClickHouse reads local files below its working folder only.
    os.chdir(workspace)
    for folder in sorted(NAMESPACE.iterdir()):
        table = StaticTable.from_metadata(str(folder.absolute()))
        columns = [field.name for field in table.schema().fields]
        write(table.scan().to_arrow(), columns, output / "pyiceberg" / f"{folder.name}.jsonl")
        rows = chdb.query(f"SELECT * FROM icebergLocal('{folder}')", "ArrowTable")
        write(rows, columns, output / "clickhouse" / f"{folder.name}.jsonl")


main(*sys.argv[1:])
