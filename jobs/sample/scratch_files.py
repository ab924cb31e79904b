"""Seeded inputs for the recorded programs: texts, tables, sources, logs and account files."""

import hashlib
import json
from pathlib import Path
from random import Random

WORDS = (
    "river stone window paper garden bridge winter letter market engine signal harbour forest"
    " candle mirror orchard compass thunder velvet lantern meadow anchor copper silver marble"
    " violin pepper saddle blanket kettle hammer ladder basket button feather glacier island"
    " journey kingdom library mountain needle ocean pillow quarter ribbon shelter timber valley"
    " whisper yellow barley cellar dragon ember falcon granite hollow"
).split()


def words(random: Random, number: int) -> str:
    """That many words in a line."""
    return " ".join(random.choices(WORDS, k=number))


def text(random: Random, lines: int) -> str:
    """Lines of two to twelve words."""
    return "".join(words(random, random.randint(2, 12)) + "\n" for _ in range(lines))


def write(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)


def texts(random: Random, folder: Path) -> list[str]:
    """Write texts note-0.txt, ... of very different lengths; return their names."""
    names = [f"note-{i}.txt" for i in range(random.randint(3, 12))]
    for name in names:
        write(folder / name, text(random, random.choice((2, 20, 80, 400, 1500))))
    return names


def tree(random: Random, folder: Path) -> None:
    """Write a few folders of small files, to be searched, packed and compared."""
    for part in random.sample(WORDS, random.randint(2, 6)):
        for name in random.sample(WORDS, random.randint(2, 9)):
            ending = random.choice(("txt", "log", "conf", "html"))
            write(folder / part / f"{name}.{ending}", text(random, random.randint(1, 120)))


def table(random: Random, file: Path) -> None:
    """Write a CSV table with the columns key, word, amount and price."""
    rows = (
        f"{random.randint(1, 50)},{random.choice(WORDS)},"
        f"{random.randint(1, 9)},{random.random():.3f}\n"
        for _ in range(random.choice((20, 200, 1500)))
    )
    write(file, "key,word,amount,price\n" + "".join(rows))


def documents(random: Random, file: Path) -> None:
    """Write a JSON list of records."""
    records = [
        {"id": i, "title": words(random, 3), "tags": random.sample(WORDS, random.randint(0, 5))}
        for i in range(random.randint(5, 300))
    ]
    write(file, json.dumps(records))


def logs(random: Random, folder: Path) -> None:
    """Write log files of several services, old and new."""
    for service in random.sample(WORDS, random.randint(2, 6)):
        for age in range(random.randint(1, 4)):
            lines = (
                f"2014-03-{random.randint(1, 28):02} {service}[{random.randint(100, 999)}]:"
                f" {random.choice(('info', 'warning', 'error'))} {words(random, 4)}\n"
                for _ in range(random.randint(5, 300))
            )
            write(folder / (f"{service}.log" + (f".{age}" if age else "")), "".join(lines))


def sources(random: Random, folder: Path) -> list[str]:
    """Write a C program of several files with a Makefile; return the names of its units."""
    units = random.sample(WORDS, random.randint(2, 4))
    calls = []
    for unit in units:
        headers = random.sample(("ctype", "errno", "math", "time", "unistd", "limits"), 2)
        body = "".join(f"#include <{header}.h>\n" for header in ("stdio", "stdlib", *headers))
        for i in range(random.randint(1, 25)):
            body += (
                f"int {unit}_{i}(int n) {{ int s = {random.randint(1, 99)};"
                f" for (int i = 0; i < n; i++) s = s * {random.randint(3, 9)} + i; return s; }}\n"
            )
        write(folder / f"{unit}.c", body)
        calls.append(f"{unit}_0({random.randint(1, 9)})")
    declared = "".join(f"int {unit}_0(int n);\n" for unit in units)
    write(
        folder / "main.c",
        f"#include <stdio.h>\n{declared}"
        f'int main(void) {{ printf("%d\\n", {" + ".join(calls)}); }}\n',
    )
    objects = " ".join(f"{unit}.o" for unit in ("main", *units))
    write(
        folder / "Makefile",
        f"CFLAGS = -O{random.randint(0, 2)}\nall: program\n\t./program > result.txt\n"
        f"program: {objects}\n\t$(CC) -o $@ $^\nclean:\n\trm -f program *.o\n",
    )
    return units


def package(random: Random, folder: Path) -> None:
    """Write what a Debian package is built from."""
    name = random.choice(WORDS)
    write(
        folder / "DEBIAN/control",
        f"Package: {name}\nVersion: {random.randint(1, 9)}.{random.randint(0, 20)}\n"
        "Architecture: all\nMaintainer: Somebody <somebody@localhost>\n"
        f"Description: {words(random, 5)}\n",
    )
    tree(random, folder / "usr/share" / name)


def sums(random: Random, folder: Path) -> None:
    """Write sums for bc, long ones and short ones."""
    lines = "".join(
        f"{random.randint(2, 99)} ^ {random.randint(2, 40)} % {random.randint(2, 999)}\n"
        for _ in range(random.randint(5, 400))
    )
    write(folder / "sums.bc", f"scale = {random.randint(5, 60)}\n4 * a(1)\n{lines}quit\n")
    write(folder / "short.bc", f"{random.randint(1, 9)} + {random.randint(1, 9)}\nquit\n")


def manual(random: Random, file: Path) -> None:
    """Write a manual page."""
    sections = "".join(
        f".SH {words(random, 2).upper()}\n.PP\n{text(random, random.randint(3, 60))}"
        for _ in range(random.randint(1, 6))
    )
    write(file, f'.TH {random.choice(WORDS).upper()} 1 "March 2014"\n{sections}')


def tcl_scripts(folder: Path) -> None:
    """Write count.tcl, which counts the words of texts, and files.tcl, which lists files."""
    write(
        folder / "count.tcl",
        "foreach name $argv {\n  set in [open $name]\n"
        "  foreach word [split [read $in]] { incr n($word) }\n  close $in\n}\n"
        "set out [open counted w]\nforeach word [lsort [array names n]] {"
        ' puts $out "$word $n($word)" }\nclose $out\n',
    )
    write(
        folder / "files.tcl",
        "foreach name [glob -directory [lindex $argv 0] */*] {\n"
        '  puts "$name [file size $name] [file mtime $name]"\n}\n'
        'file mkdir made\nfile copy [lindex $argv 0] made\nputs [glob made/*/*]\n',
    )


def site(random: Random, folder: Path) -> list[str]:
    """Write a web site; return the paths of its static files."""
    tree(random, folder / "static")
    for name in random.sample(WORDS, random.randint(2, 8)):
        write(folder / "articles" / f"{name}.txt", text(random, random.randint(5, 200)))
    write(folder / "index.html", f"<html><body>{text(random, 20)}</body></html>")
    return [f"/{file.relative_to(folder)}" for file in sorted(folder.rglob("static/*/*"))]


def service_accounts(random: Random, folder: Path) -> dict[str, str]:
    """Write accounts for both services, and the files that they serve; return the passwords."""
    passwords = {name: words(random, 2).replace(" ", "-") for name in random.sample(WORDS, 6)}
    ftp, login = "", ""
    for name, password in passwords.items():
        salt = f"{random.getrandbits(32):08x}"
        key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), 200).hex()
        ftp += f"{name}:{salt}:{key}\n"
        login += f"{name}:{salt}:{hashlib.sha256((salt + password).encode()).hexdigest()}\n"
    write(folder / "ftp-accounts", ftp)
    write(folder / "login-accounts", login)
    texts(random, folder / "files")
    return passwords


def system_accounts(random: Random, folder: Path) -> None:
    """Write made-up copies of passwd, shadow, group and of the files for a new home."""
    names = ["root", "daemon", *random.sample(WORDS, random.randint(5, 20))]
    write(
        folder / "passwd",
        "".join(f"{n}:x:{i}:{i}::/home/{n}:/bin/sh\n" for i, n in enumerate(names)),
    )
    write(folder / "shadow", "".join(f"{n}:*:19000:0:99999:7:::\n" for n in names))
    write(folder / "group", "sudo:x:27:\n" + "".join(f"{n}:x:{i}:\n" for i, n in enumerate(names)))
    for name in random.sample(WORDS, random.randint(2, 4)):
        write(folder / "skel" / name, text(random, 10))
