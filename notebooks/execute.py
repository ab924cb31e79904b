"""Executes the notebooks on the embedded sample and saves them with their output, or checks what is saved.

usage: execute.py [--workspace FOLDER] [--out FOLDER] [NOTEBOOK...]
       execute.py --check

Without --out, the notebooks of this folder are replaced, and so are the pictures that README.md shows. With it, they
stay, and must show the same kinds of output. submit.sh makes three runs for metrics.ipynb in the workspace, if that
does not exist yet; without --workspace, in one that is deleted.

--check fails if a notebook was not executed since its code or the version of the program changed, if it holds an error
or the path of a machine, or if it is too large for a page of GitHub.
"""

import argparse
import base64
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
NOTEBOOKS = ("walkthrough.ipynb", "metrics.ipynb")

# The nights that metrics.ipynb looks at: small networks, so that they take little time.
NIGHTS = {
    "night-1": ("run.seed=1", "network.layers=[16]", "training.epochs=1"),
    "night-2": ("run.seed=2", "network.layers=[32]", "training.epochs=1"),
    "night-3": ("run.seed=3", "network.layers=[32]", "training.epochs=2"),
}
EACH_NIGHT = ("network.embedding=16", "training.averaging-frequency=40", "evaluation.bootstrap-samples=200")

SECONDS_A_CELL = 240
LARGEST = 1_000_000
# Folders of a machine. Names inside the project are relative.
MACHINE_PATH = re.compile(r"(?:file:)?/(?:home|root|tmp|work|Users|var/folders|opt)/")
# The tag of a cell whose picture is saved as a file: picture:roc.png
PICTURE = re.compile(r"picture:([\w.-]+\.png)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", nargs="*", default=NOTEBOOKS, metavar="NOTEBOOK")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--out", type=Path, default=HERE)
    options = parser.parse_args()
    if options.check:
        complaints = [complaint for name in NOTEBOOKS for complaint in check(HERE / name)]
        sys.exit("\n".join(complaints) or None)
    with tempfile.TemporaryDirectory(prefix="notebooks-") as scratch:
        # What the notebooks write is deleted as well.
        os.environ["TMPDIR"] = scratch
        workspace = options.workspace or Path(scratch, "workspace")
        if "metrics.ipynb" in options.notebooks and not workspace.exists():
            make_runs(workspace.absolute())
        options.out.mkdir(parents=True, exist_ok=True)
        for name in options.notebooks:
            execute(HERE / name, workspace.resolve(), options.out)


def make_runs(workspace):
    """Trains on the embedded sample, three times."""
    for run, settings in NIGHTS.items():
        print(f"Running the pipeline for {run}", flush=True)
        command = [PROJECT / "submit.sh", "--set", f"workspace={workspace}", "--set", f"run.id={run}"]
        for setting in (*EACH_NIGHT, *settings):
            command += ["--set", setting]
        run_quietly(command)


def run_quietly(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"Cannot make the runs: {command[0]} ended with {done.returncode}\n{done.stderr}")


def execute(source, workspace, out):
    print(f"Executing {source.name}", flush=True)
    notebook = nbformat.read(source, as_version=4)
    saved = [kinds(cell) for cell in notebook.cells]
    os.environ["SYSCALL_WORKSPACE"] = str(workspace)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(HERE)}},
        # Neither when a cell ran nor in how many pieces it printed is part of what it shows.
        record_timing=False,
        coalesce_streams=True,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        sys.exit(f"Cannot execute {source.name}: {error}")
    for number, (cell, before) in enumerate(zip(notebook.cells, saved)):
        if out != HERE and kinds(cell) != before:
            sys.exit(f"{source.name}, cell {number} shows {kinds(cell)}, and its saved output {before}")
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "syscall_anomaly": {"version": version(), "code": digest(notebook)},
        }
    )
    nbformat.write(notebook, out / source.name)
    for picture, content in pictures(notebook):
        (out / picture).write_bytes(content)


def kinds(cell):
    """What a cell shows, without what differs from machine to machine."""
    return [output.get("name") or sorted(output.get("data", {})) for output in cell.get("outputs", [])]


def pictures(notebook):
    for cell in notebook.cells:
        for tag in map(PICTURE.fullmatch, cell.metadata.get("tags", [])):
            for output in cell.outputs if tag else ():
                if "image/png" in output.get("data", {}):
                    yield tag[1], base64.b64decode(output.data["image/png"])


def check(path):
    """What is wrong with a saved notebook: a line for each mistake."""
    notebook = nbformat.read(path, as_version=4)
    saved = notebook.metadata.get("syscall_anomaly", {})
    again = "run notebooks/execute.py"
    if saved.get("version") != version():
        yield f"{path.name} was executed with version {saved.get('version')}, and this is {version()}; {again}"
    if saved.get("code") != digest(notebook):
        yield f"{path.name} has other code than when it was executed; {again}"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        yield f"{path.name} was not executed from top to bottom; {again}"
    for number, cell in enumerate(code, 1):
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"{path.name}, cell {number}: {output.get('evalue') or output.get('text')}"
    for text in texts(notebook):
        for found in MACHINE_PATH.finditer(text):
            yield f"{path.name} names a folder of a machine: {text[found.start():found.end() + 40]}"
    size = path.stat().st_size
    if size > LARGEST:
        yield f"{path.name} has {size} bytes, and more than {LARGEST} are slow to show; make its pictures smaller"
    for picture, content in pictures(notebook):
        file = path.with_name(picture)
        if not file.exists() or file.read_bytes() != content:
            yield f"{picture} is not the picture in {path.name}; {again}"


def texts(notebook):
    """All that people read, without pictures."""
    for cell in notebook.cells:
        yield cell.source
        for output in cell.get("outputs", []):
            yield output.get("text", "")
            yield from (str(shown) for kind, shown in output.get("data", {}).items() if not kind.startswith("image/"))


def digest(notebook):
    """SHA-256 of all code, so that output which is older than the code is noticed."""
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return hashlib.sha256("\0".join(code).encode()).hexdigest()


def version():
    """Version of the program, from the parent pom."""
    return ElementTree.parse(PROJECT / "pom.xml").getroot().findtext("{http://maven.apache.org/POM/4.0.0}version")


main()
