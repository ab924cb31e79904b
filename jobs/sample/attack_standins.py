"""Harmless stand-ins of the six attack families of ADFA-LD.

Each works inside a scratch folder that is thrown away and on the loopback only, and ends by itself.
A stand-in returns the traces of the processes that carry it.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import loopback
import scratch_files
import services
from tracing import SHORTEST, ProcessTrace, Strace

# The record that the viewer reads a document in, and its first byte: text, or the second stage.
RECORD = 256

# What a web shell and a Java payload are told to run: they only look.
LOOKS = (
    "id; uname -a; pwd",
    "ls -la; pwd; date; echo done",
    "ls -l static; date",
    "cat index.html; df .; echo done",
    "find . -name '*.txt' | head -20; id",
    "grep -r river . | wc -l; pwd; hostname",
    "wc -c static/*; ls articles",
    "cat /proc/self/status | head -5; hostname; id",
)


def adduser(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    """A poisoned document makes its viewer add an account to a copy of the account files.

    Carried by the viewer and by the second stage, once a shell script and once in Perl.
    """
    viewer = services.compiled("viewer.c", folder)
    kept = []
    for script, interpreter in (
        ("create_account.sh", "/bin/sh"),
        ("create_account.pl", "/usr/bin/perl"),
    ):
        accounts = folder / script
        scratch_files.system_accounts(random, accounts)
        account = random.choice(scratch_files.WORDS) + "2"
        stage = (services.PROGRAMS / script).read_text()
        stage = stage.replace("SCRATCH", str(accounts)).replace("ACCOUNT", account)
        document = folder / f"{script}.document"
        document.write_bytes(poisoned(scratch_files.text(random, random.randint(40, 200)), stage))
        command = [viewer, str(document), str(folder / "stage"), interpreter]
        traces = strace.run(command, folder)
        if account not in (accounts / "passwd").read_text():
            raise RuntimeError(f"Cannot record Adduser: {script} added no account")
        kept += carriers(traces, "viewer", 1) + carriers(traces, Path(interpreter).name, 1)
    return kept[1:]


def poisoned(text: str, stage: str) -> bytes:
    """A document of text records, and the second stage masked in the records after them."""
    size = RECORD - 1
    plain, hidden = text.encode(), bytes(byte ^ loopback.KEY for byte in stage.encode())
    records = [b"T" + plain[at : at + size].ljust(size) for at in range(0, len(plain), size)]
    records += [b"S" + hidden[at : at + size] for at in range(0, len(hidden), size)]
    return b"".join(records)


def hydra_ftp(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    """Passwords are guessed on the FTP-like service; carried by its workers."""
    users = list(scratch_files.service_accounts(random, folder))
    port, seeds = loopback.free_port(), [random.getrandbits(32) for _ in range(6)]
    with strace.recording(services.ftp(port, len(seeds), folder), folder) as traces:
        in_parallel(lambda seed: loopback.guess_ftp(port, Random(seed), users), seeds)
    return carriers(traces, "python3 worker", 2)


def hydra_ssh(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    """Passwords are guessed on the login service; carried by its monitors and their children."""
    users = list(scratch_files.service_accounts(random, folder))
    port, seeds = loopback.free_port(), [random.getrandbits(32) for _ in range(6)]
    with strace.recording(services.login(port, len(seeds), folder), folder) as traces:
        in_parallel(lambda seed: loopback.guess_login(port, Random(seed), users), seeds)
    sessions = traces[1:]
    return [*carriers(sessions, "perl", 1), *carriers(sessions, "perl worker", 1)]


def java_meterpreter(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    """A Java program takes commands from the loopback; carried by it and a shell that it starts."""
    scratch_files.site(random, folder)
    agent = services.compiled_java("Agent.java", folder)
    commands = ["list .", "list static", "list articles", "read index.html", "processes"]
    looks = [f"shell {look}" for look in random.sample(LOOKS, 2)]
    traces = commanded(strace, agent, folder, [*random.sample(commands, 1), *looks], False)
    return [*carriers(traces, "java", 1), *carriers(traces, "sh", 1)]


def meterpreter(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    """A native and a scripted payload send the files of the scratch folder to the loopback."""
    scratch_files.site(random, folder)
    folders = [str(part) for part in sorted(folder.rglob("*")) if part.is_dir()]
    native = [f"{random.choice(('list', 'pack'))} {part}" for part in folders[-4:]]
    scripted = [random.choice(native), "processes"]
    agent = services.compiled("agent.c", folder)
    perl = ["perl", str(services.PROGRAMS / "agent.pl")]
    return [
        *carriers(commanded(strace, [agent], folder, native, True), "agent", 1),
        *carriers(commanded(strace, perl, folder, scripted, True), "perl", 1),
    ]


def web_shell(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    """A page of a web server runs commands; carried by a worker of the server and by the page."""
    paths = scratch_files.site(random, folder)
    port = loopback.free_port()
    with strace.recording(services.web(port, 2, folder, "shell_page.pl"), folder) as traces:
        for _ in range(2):
            looks = random.sample(LOOKS, 4)
            loopback.browse(
                port, [random.choice(paths), *(f"/pages/page.pl?{look}" for look in looks)]
            )
    return [*carriers(traces, "python3 worker", 1), *carriers(traces, "perl", 1)]


FAMILIES: dict[str, Callable[[Strace, Random, Path], list[ProcessTrace]]] = {
    "Adduser": adduser,
    "Hydra_FTP": hydra_ftp,
    "Hydra_SSH": hydra_ssh,
    "Java_Meterpreter": java_meterpreter,
    "Meterpreter": meterpreter,
    "Web_Shell": web_shell,
}


def commanded(
    strace: Strace, payload: list[str], folder: Path, commands: list[str], masked: bool
) -> list[ProcessTrace]:
    """Record a payload that connects to a listener of the recorder and does what it is told."""
    handler = loopback.Handler()
    with strace.recording([*payload, str(handler.port)], folder) as traces:
        handler.command(commands, masked)
    return traces


def in_parallel(guess: Callable[[int], None], seeds: list[int]) -> None:
    """Guess over several connections at a time, as Hydra does."""
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(guess, seeds))


def carriers(traces: list[ProcessTrace], program: str, number: int) -> list[ProcessTrace]:
    """The first traces of the program that are long enough."""
    found = [t for t in traces if t.program == program and len(t.calls) >= SHORTEST][:number]
    if len(found) < number:
        seen = ", ".join(f"{trace.program} ({len(trace.calls)} calls)" for trace in traces)
        raise RuntimeError(f"Cannot record {number} processes of {program}: there were only {seen}")
    return found
