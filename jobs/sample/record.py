"""Records the embedded sample: system-call traces of real programs, laid out as ADFA-LD is.

usage: python3 jobs/sample/record.py [--out FILE] [--seed N] [--attacks ARCHIVE]
"""

import argparse
import collections
import itertools
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from random import Random

from attack_standins import FAMILIES
from normal_programs import KINDS
from system_calls import CallNumbers
from tracing import LONGEST, SHORTEST, ProcessTrace, Strace

TRAINING, VALIDATION, ATTACK = (
    f"{split}_Data_Master" for split in ("Training", "Validation", "Attack")
)

# Traces of 10 to 19 calls in validation: shorter than a window of 20, so that padding has work.
SHORT_TRACES, SHORT = 4, range(10, 20)

# Times that each attack is played, each into a folder of its own.
INSTANCES = 4

# Rounds of each kind of normal use at least and at most, usable traces that are recorded for each
# one that is kept, and copies of the same trace that are usable.
ROUNDS, MOST_ROUNDS, CANDIDATES, COPIES = 5, 100, 1.5, 2

NEEDED = (
    "strace gcc make nm tar gzip xz bzip2 zip unzip vim ed bash perl awk git sqlite3 ssh-keygen"
    " openssl curl java javac python3 logger ar objdump readelf strings dpkg-deb flock timeout"
    " patch bc jq tclsh groff nroff file column"
).split()


def normal_traces(
    numbers: CallNumbers, seed: int, split: str
) -> tuple[list[ProcessTrace], list[ProcessTrace]]:
    """Record a split of normal use, with inputs of its own; return traces kept and short ones."""
    kept, short = [], []
    for kind, number_of in KINDS.items():
        number = getattr(number_of, split)
        name = f"{seed}/{split}/{kind.__name__}"
        usable: list[ProcessTrace] = []
        rounds = 0
        while number and (rounds < ROUNDS or len(usable) < CANDIDATES * number):
            if rounds == MOST_ROUNDS:
                raise RuntimeError(
                    f"Cannot record {kind.__name__}: {rounds} rounds gave only {len(usable)} traces"
                    " that differ enough; ask for fewer in normal_programs.py"
                )
            random = Random(f"{name}/{rounds}")
            with tempfile.TemporaryDirectory() as scratch:
                folder = Path(scratch, "work")
                folder.mkdir()
                traces = kind(Strace(Path(scratch), numbers), random, folder)
            usable = few_copies(usable + [t for t in traces if len(t.calls) >= SHORTEST])
            short += [trace for trace in traces if len(trace.calls) in SHORT]
            rounds += 1
        kept += varied(usable, number, Random(name))
        report(f"{split}, {kind.__name__}", number, rounds)
    return kept, short


def few_copies(traces: list[ProcessTrace]) -> list[ProcessTrace]:
    """Leave out what would be one copy too many of the same trace."""
    copies: collections.Counter[tuple[int, ...]] = collections.Counter()
    few = []
    for trace in traces:
        copies[trace.calls] += 1
        if copies[trace.calls] <= COPIES:
            few.append(trace)
    return few


def varied(traces: list[ProcessTrace], number: int, random: Random) -> list[ProcessTrace]:
    """Choose that many traces, each program in its turn."""
    by_program: dict[str, list[ProcessTrace]] = {}
    for trace in random.sample(traces, len(traces)):
        by_program.setdefault(trace.program, []).append(trace)
    turns = itertools.zip_longest(*by_program.values())
    chosen = [trace for turn in turns for trace in turn if trace is not None][:number]
    if len(chosen) < number:
        raise RuntimeError(
            f"Cannot choose {number} traces: only {len(chosen)} differ enough; try another seed"
        )
    return chosen


def attack_traces(numbers: CallNumbers, seed: int) -> dict[str, ProcessTrace]:
    """Play every attack stand-in; return the traces by their names below the attack folder."""
    traces = {}
    for family, standin in FAMILIES.items():
        for instance in range(1, INSTANCES + 1):
            random = Random(f"{seed}/{family}/{instance}")
            with tempfile.TemporaryDirectory() as scratch:
                folder = Path(scratch, "work")
                folder.mkdir()
                carriers = standin(Strace(Path(scratch), numbers), random, folder)
            for i, trace in enumerate(carriers, 1):
                traces[f"{family}_{instance}/SAD-{family}-{instance}-{i}.txt"] = trace
        report(family, INSTANCES * len(carriers), INSTANCES)
    return traces


def earlier_attacks(archive: Path) -> dict[str, ProcessTrace]:
    """Read the attack traces of an archive that was recorded before."""
    with zipfile.ZipFile(archive) as recorded:
        return {
            name.removeprefix(f"{ATTACK}/"): ProcessTrace(
                "unknown", tuple(map(int, recorded.read(name).split()))
            )
            for name in recorded.namelist()
            if name.startswith(f"{ATTACK}/")
        }


def corpus(numbers: CallNumbers, seed: int, attacks: Path | None) -> dict[str, ProcessTrace]:
    """Record everything; return the traces by their names in the archive."""
    attack = earlier_attacks(attacks) if attacks else attack_traces(numbers, seed)
    training, _ = normal_traces(numbers, seed, "training")
    validation, short = normal_traces(numbers, seed, "validation")
    validation += varied(few_copies(short), SHORT_TRACES, Random(f"{seed}/short"))
    random = Random(f"{seed}/order")
    random.shuffle(training)
    random.shuffle(validation)
    return {
        **named(f"{TRAINING}/STD", training),
        **named(f"{VALIDATION}/SVD", validation),
        **{f"{ATTACK}/{name}": trace for name, trace in attack.items()},
    }


def named(prefix: str, traces: Iterable[ProcessTrace]) -> dict[str, ProcessTrace]:
    return {f"{prefix}-{i:04}.txt": trace for i, trace in enumerate(traces, 1)}


def write_archive(file: Path, traces: dict[str, ProcessTrace]) -> None:
    """Write the traces, cut at the longest length; the same traces always give the same bytes."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, trace in sorted(traces.items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            line = " ".join(map(str, trace.calls[:LONGEST])) + "\n"
            archive.writestr(entry, line, zipfile.ZIP_DEFLATED, 9)


def report(what: str, traces: int, rounds: int) -> None:
    print(f"{what}: {traces} traces out of {rounds} rounds", file=sys.stderr)


def summary(traces: dict[str, ProcessTrace]) -> str:
    """Traces and calls of each split, a line each."""
    lines = []
    for split in (TRAINING, VALIDATION, ATTACK):
        lengths = [
            min(len(trace.calls), LONGEST)
            for name, trace in traces.items()
            if name.startswith(split)
        ]
        lines.append(f"{split}: {len(lengths)} traces, {sum(lengths)} calls")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Record the embedded sample of traces.")
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).with_name("traces.zip"), help="the archive"
    )
    parser.add_argument("--seed", type=int, default=1, help="of inputs and choices; default 1")
    parser.add_argument(
        "--attacks", type=Path, help="archive whose attack traces are kept, none played anew"
    )
    options = parser.parse_args()
    missing = [program for program in NEEDED if not shutil.which(program)]
    if missing:
        print(
            f"Cannot record: {', '.join(missing)} not found; install the packages of README.md",
            file=sys.stderr,
        )
        return 1
    numbers = CallNumbers()
    try:
        traces = corpus(numbers, options.seed, options.attacks)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, subprocess.SubprocessError) as error:
        print(
            f"Cannot record the sample: {error}; see README.md for what it needs", file=sys.stderr
        )
        return 1
    write_archive(options.out, traces)
    print(summary(traces))
    dropped = ", ".join(f"{name} ({count})" for name, count in numbers.dropped.most_common())
    print(f"Left out, without a number up to 340: {dropped}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
