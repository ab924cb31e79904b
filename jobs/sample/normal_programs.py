"""Ordinary use of a Linux host: commands of several kinds on seeded inputs.

A kind is a function that prepares files in a fresh folder and records a few commands on them.
"""

import shlex
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

import choices
import loopback
import scratch_files
import services
from tracing import ProcessTrace, Strace


def compiling(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    unit = scratch_files.sources(random, folder)[0]
    commands = (
        "make",
        f"gcc -O2 -Wall -c {unit}.c",
        f"gcc -g -S {unit}.c",
        f"gcc -E -o {unit}.i {unit}.c",
        "gcc -o program2 *.c",
        "gcc -O1 -shared -fPIC -o all.so *.c && nm all.so && strip all.so",
    )
    traces = in_shell(strace, random.sample(commands, 2), folder)
    return [*traces, *strace.run(["make", "clean"], folder)]


def object_files(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    units = scratch_files.sources(random, folder)
    objects = " ".join(f"{unit}.o" for unit in units)
    strace.run(["sh", "-c", f"make; ar rcs old.a {objects}"], folder)
    commands = [command.format(objects=objects) for command in choices.OBJECT_FILES]
    return directly(strace, random.sample(commands, 5), folder)


def packaging(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    scratch_files.package(random, folder / "package")
    strace.run(["dpkg-deb", "--root-owner-group", "--build", "package", "old.deb"], folder)
    return directly(strace, random.sample(choices.PACKAGES, 3), folder)


def archiving(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    prepare = (
        "tar cf old.tar copies note-*; gzip -k old.tar; bzip2 -k old.tar; zip -q -r old copies"
    )
    strace.run(["sh", "-c", prepare], folder)
    return directly(strace, random.sample(choices.ARCHIVERS, 5), folder)


def editing(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    traces = []
    for command, typed in random.sample(choices.EDITS, 4):
        traces += strace.run(shlex.split(command), folder, typed)
    return traces


def shell_scripts(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    traces = []
    for shell in ("sh", "bash"):
        script = "\n".join(random.sample(choices.SHELL_PARTS, random.randint(2, 7)))
        scratch_files.write(folder / "script", script)
        traces += strace.run([shell, "script"], folder)
    return traces


def background_jobs(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    number = random.randint(3, 8)
    jobs = [random.sample(choices.BUILT_IN, random.randint(1, 4)) for _ in range(number)]
    script = "\n".join(f"({'; '.join(job)}) &" for job in jobs) + "\nwait\nls -l\n"
    return strace.run([random.choice(("sh", "bash")), "-c", script], folder)


def supervised_jobs(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    return in_shell(strace, random.sample(choices.SUPERVISED, 3), folder)


def python_scripts(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    return interpreted(strace, random, folder, ["python3", "script"], choices.PYTHON_SCRIPTS)


def perl_scripts(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    return interpreted(strace, random, folder, ["perl", "script"], choices.PERL_SCRIPTS)


def awk_scripts(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    return interpreted(strace, random, folder, ["awk", "-f", "script"], choices.AWK_SCRIPTS)


def tools(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    return directly(strace, random.sample(choices.TOOLS, 7), folder)


def version_control(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    settings = "git config user.name Somebody; git config user.email somebody@localhost"
    quiet = "git config gc.auto 0; git config maintenance.auto false"
    strace.run(["sh", "-c", f"git init -q; {settings}; {quiet}"], folder)
    strace.run(["sh", "-c", "git add note-0.txt; git commit -q -m first"], folder)
    return directly(strace, random.sample(choices.GIT, 6), folder)


def database_client(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    scratch_files.table(random, folder / "table.csv")
    traces = []
    for _ in range(3):
        chosen = random.sample(choices.DATABASE[2:], random.randint(1, 6))
        statements = [*choices.DATABASE[:2], *chosen]
        traces += strace.run(["sqlite3", "orders.db"], folder, "\n".join(statements) + "\n")
    return traces


def key_handling(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    scratch_files.texts(random, folder)
    strace.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "old-key"], folder)
    prepare = (
        "openssl genpkey -algorithm ed25519 -out old-key.pem;"
        " openssl enc -base64 -in note-2.txt -out note-2.b64"
    )
    strace.run(["sh", "-c", prepare], folder)
    public = (folder / "old-key.pub").read_text()
    scratch_files.write(folder / "known_hosts", f"localhost {public}example {public}")
    return directly(strace, random.sample(choices.KEYS, 4), folder)


def cron_jobs(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    scratch_files.logs(random, folder / "log")
    traces = []
    for job in random.sample(choices.CRON, 3):
        traces += strace.run(["sh", "-c", job], folder)
    return traces


def java_programs(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    names = scratch_files.texts(random, folder)
    count = services.compiled_java("WordCount.java", folder)
    return strace.run([*count, "counts.txt", *names], folder)


def web_serving(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    paths = ["/index.html", *scratch_files.site(random, folder)]
    port = loopback.free_port()
    clients = []
    with strace.recording(services.web(port, 4, folder, "search_page.pl"), folder) as served:
        for _ in range(3):
            words = random.sample(scratch_files.WORDS, random.randint(0, 3))
            asked = [random.choice(paths) for _ in range(random.randint(2, 9))]
            asked += [f"/pages/page.pl?word={word}" for word in words]
            loopback.browse(port, random.sample(asked, len(asked)))
        addresses = [f"http://127.0.0.1:{port}{random.choice(paths)}" for _ in range(3)]
        clients += strace.run(["curl", "-s", "--remote-name-all", *addresses], folder)
    return served + clients


def file_serving(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    passwords = scratch_files.service_accounts(random, folder)
    names = [file.name for file in sorted((folder / "files").iterdir())]
    port, connections = loopback.free_port(), 5
    with strace.recording(services.ftp(port, connections, folder), folder) as traces:
        for user, password in random.sample(sorted(passwords.items()), connections):
            loopback.ftp_session(port, random, user, password, names)
    return traces


def remote_logins(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    passwords = scratch_files.service_accounts(random, folder)
    port, connections = loopback.free_port(), 3
    with strace.recording(services.login(port, connections, folder), folder) as traces:
        for user, password in random.sample(sorted(passwords.items()), connections):
            loopback.login_session(port, random, user, password)
    return [trace for trace in traces if trace.program in ("perl", "perl worker")]


def untrained_programs(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    scratch_files.sums(random, folder)
    scratch_files.manual(random, folder / "paper.1")
    scratch_files.tcl_scripts(folder)
    prepare = "diff -u note-0.txt note-1.txt > changes.diff; gzip -c note-1.txt > old.gz"
    strace.run(["sh", "-c", prepare], folder)
    return directly(strace, random.sample(choices.UNTRAINED, 5), folder)


class Number(NamedTuple):
    """Traces of a kind in the sample: normal ones to train on, and normal ones to test on."""

    training: int
    validation: int


KINDS: dict[Callable[[Strace, Random, Path], list[ProcessTrace]], Number] = {
    compiling: Number(44, 20),
    object_files: Number(24, 12),
    packaging: Number(22, 10),
    archiving: Number(52, 24),
    editing: Number(34, 16),
    shell_scripts: Number(56, 26),
    background_jobs: Number(10, 5),
    supervised_jobs: Number(24, 12),
    python_scripts: Number(24, 12),
    perl_scripts: Number(32, 14),
    awk_scripts: Number(40, 18),
    tools: Number(72, 34),
    version_control: Number(50, 22),
    database_client: Number(32, 14),
    key_handling: Number(32, 14),
    cron_jobs: Number(40, 18),
    java_programs: Number(6, 3),
    web_serving: Number(20, 9),
    file_serving: Number(16, 7),
    remote_logins: Number(10, 4),
    untrained_programs: Number(0, 42),
}


def inputs(random: Random, folder: Path) -> None:
    """Write texts, a table, documents and a tree of small files."""
    scratch_files.texts(random, folder)
    scratch_files.table(random, folder / "table.csv")
    scratch_files.documents(random, folder / "documents.json")
    scratch_files.tree(random, folder / "copies")


def directly(strace: Strace, commands: list[str], folder: Path) -> list[ProcessTrace]:
    """Record commands one after the other, without a shell."""
    return [trace for command in commands for trace in strace.run(shlex.split(command), folder)]


def in_shell(strace: Strace, commands: list[str], folder: Path) -> list[ProcessTrace]:
    """Record commands one after the other, each in a shell."""
    return [trace for command in commands for trace in strace.run(["sh", "-c", command], folder)]


def interpreted(
    strace: Strace, random: Random, folder: Path, command: list[str], scripts: tuple[str, ...]
) -> list[ProcessTrace]:
    """Record three of the scripts, each on some of the texts."""
    inputs(random, folder)
    names = [file.name for file in sorted(folder.glob("note-*.txt"))]
    traces = []
    for script in random.sample(scripts, 3):
        scratch_files.write(folder / "script", script + "\n")
        read = random.sample(names, random.randint(1, len(names)))
        traces += strace.run([*command, *read], folder)
    return traces
