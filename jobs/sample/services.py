"""Commands that start the project's own small programs: services, pages and payloads."""

import shutil
import subprocess
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parent / "programs"


def ftp(port: int, connections: int, folder: Path) -> list[str]:
    """The FTP-like service for the accounts and files in the folder."""
    accounts = str(folder / "ftp-accounts")
    return [
        "python3",
        str(PROGRAMS / "ftp_service.py"),
        str(port),
        str(connections),
        accounts,
        str(folder),
    ]


def login(port: int, connections: int, folder: Path) -> list[str]:
    """The login service for the accounts and files in the folder."""
    accounts = str(folder / "login-accounts")
    return [
        "perl",
        str(PROGRAMS / "login_service.pl"),
        str(port),
        str(connections),
        accounts,
        str(folder),
    ]


def web(port: int, connections: int, folder: Path, page: str) -> list[str]:
    """The web server for the site in the folder, with one of the Perl pages as /pages/page.pl."""
    (folder / "pages").mkdir(exist_ok=True)
    shutil.copy(PROGRAMS / page, folder / "pages/page.pl")
    return ["python3", str(PROGRAMS / "web_server.py"), str(port), str(connections), str(folder)]


def compiled(source: str, folder: Path) -> str:
    """Compile one of the C programs into the folder."""
    program = folder / source.removesuffix(".c")
    subprocess.run(["gcc", "-O1", "-o", program, PROGRAMS / source], check=True)
    return str(program)


def compiled_java(source: str, folder: Path) -> list[str]:
    """Compile one of the Java programs; return the command that runs it, without arguments."""
    subprocess.run(["javac", "-d", folder, PROGRAMS / source], check=True)
    java = "java -Xint -XX:+UseSerialGC -XX:-UsePerfData -cp".split()
    return [*java, str(folder), source.removesuffix(".java")]
