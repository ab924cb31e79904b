"""Runs programs under strace and reads what they called, one trace a process."""

import contextlib
import heapq
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from system_calls import CallNumbers

# Seconds after which a recorded program is ended, and the recording with it.
LONGEST_RUN = 90

# Calls that a trace has at least, but for a few short ones, and at most.
SHORTEST, LONGEST = 60, 2000

CALL = re.compile(r"(\d+\.\d+) (\w+)\(")
EXECUTED = re.compile(r'execve\("([^"]+)".* = 0$')
CHILD = re.compile(r"(?:v?fork|clone3?)\(.* = (\d+)$")


@dataclass(frozen=True)
class ProcessTrace:
    """The calls of one process, threads included, in the order in which they were made.

    program is the file name of the program that the process ran last; a process that was forked
    and ran none has its parent's, followed by " worker".
    """

    program: str
    calls: tuple[int, ...]


@dataclass
class _Thread:
    """What strace wrote about one thread."""

    calls: list[tuple[float, int]]
    programs: list[str]
    forked: list[int]
    threads: list[int]


class Strace:
    """Records programs that work in a folder, with an environment of their own."""

    def __init__(self, home: Path, numbers: CallNumbers) -> None:
        self._numbers = numbers
        self._environment = {
            "HOME": str(home),
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def run(self, command: list[str], folder: Path, text: str = "") -> list[ProcessTrace]:
        """Record a program that ends by itself; text is what it reads from its standard input."""
        with self.recording(command, folder, text) as traces:
            pass
        return traces

    @contextlib.contextmanager
    def recording(
        self, command: list[str], folder: Path, text: str = ""
    ) -> Iterator[list[ProcessTrace]]:
        """Record a program while the block runs; the list is filled once the program has ended."""
        traces: list[ProcessTrace] = []
        with tempfile.TemporaryDirectory() as output, tempfile.TemporaryFile() as typed:
            typed.write(text.encode())
            typed.seek(0)
            strace = ["strace", "-qq", "-ff", "-ttt", "-e", "signal=none", "-o", f"{output}/thread"]
            traced = subprocess.Popen(
                strace + command,
                cwd=folder,
                env=self._environment,
                stdin=typed,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                yield traces
                traced.wait(LONGEST_RUN)
            except subprocess.TimeoutExpired as expired:
                raise RuntimeError(
                    f"Cannot record {' '.join(command)[:80]}: it runs for longer than"
                    f" {LONGEST_RUN} s; try again on a machine with less load"
                ) from expired
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(traced.pid, signal.SIGKILL)
                traced.wait()
            traces += self._processes(Path(output))

    def _processes(self, output: Path) -> list[ProcessTrace]:
        """Join the threads of each process; processes in the order of their first calls."""
        threads = {int(file.suffix[1:]): self._thread(file) for file in output.iterdir()}
        leader = {id_: own for own, thread in threads.items() for id_ in thread.threads}
        parent = {id_: own for own, thread in threads.items() for id_ in thread.forked}

        def process_of(id_: int) -> int:
            while id_ in leader:
                id_ = leader[id_]
            return id_

        def program_of(process: int) -> str:
            if threads[process].programs:
                return threads[process].programs[-1]
            if process not in parent:
                return "unknown"
            return program_of(process_of(parent[process])).removesuffix(" worker") + " worker"

        members: dict[int, list[_Thread]] = {}
        for id_, thread in threads.items():
            if thread.calls:
                members.setdefault(process_of(id_), []).append(thread)
        merged = {
            process: list(heapq.merge(*(thread.calls for thread in parts)))
            for process, parts in members.items()
        }
        return [
            ProcessTrace(program_of(process), tuple(call for _, call in calls))
            for process, calls in sorted(merged.items(), key=lambda item: item[1][0])
        ]

    def _thread(self, file: Path) -> _Thread:
        thread = _Thread([], [], [], [])
        for line in file.read_text(errors="replace").splitlines():
            call = CALL.match(line)
            if not call:
                continue
            number = self._numbers.number(call[2])
            if number is not None:
                thread.calls.append((float(call[1]), number))
            if executed := EXECUTED.search(line):
                thread.programs.append(Path(executed[1]).name)
            elif child := CHILD.search(line):
                (thread.threads if "CLONE_THREAD" in line else thread.forked).append(int(child[1]))
        return thread
