"""Names of system calls, as strace prints them on x86-64, to the numbers of Linux on i386.

The table of names and numbers is the one that the report uses. Run as a script, this file writes
that table again from the kernel's header (Debian package linux-libc-dev).
"""

import collections
import csv
import re
from pathlib import Path

TABLE = (
    Path(__file__).resolve().parents[2]
    / "pipeline/src/main/resources/syscallanomaly/trace/call/i386.csv"
)
HEADER = Path("/usr/include/x86_64-linux-gnu/asm/unistd_32.h")

# The highest number in ADFA-LD, and the size of its alphabet: prlimit64.
HIGHEST = 340

# What a C library on i386, of the years in which ADFA-LD was recorded, called in the place of a
# call that only x86-64 has, that i386 knows in an older form, or that came after number 340.
EQUIVALENTS = {
    "socketcall": (
        "socket socketpair bind connect listen accept accept4 getsockname getpeername sendto"
        " recvfrom sendmsg recvmsg sendmmsg shutdown setsockopt getsockopt"
    ),
    "ipc": "shmget shmat shmdt shmctl semget semop semctl semtimedop msgget msgsnd msgrcv msgctl",
    "mmap2": "mmap",
    "stat64": "stat",
    "lstat64": "lstat",
    "fstat64": "fstat",
    "fstatat64": "newfstatat statx",
    "statfs64": "statfs",
    "fstatfs64": "fstatfs",
    "truncate64": "truncate",
    "ftruncate64": "ftruncate",
    "fcntl64": "fcntl",
    "_llseek": "lseek",
    "_newselect": "select",
    "sendfile64": "sendfile",
    "fadvise64_64": "fadvise64",
    "ugetrlimit": "getrlimit",
    "set_thread_area": "arch_prctl",
    "clone": "clone3",
    "execve": "execveat",
    "openat": "openat2",
    "renameat": "renameat2",
    "faccessat": "faccessat2",
    "epoll_pwait": "epoll_pwait2",
    "preadv": "preadv2",
    "pwritev": "pwritev2",
    "mlock": "mlock2",
    "getuid32": "getuid",
    "getgid32": "getgid",
    "geteuid32": "geteuid",
    "getegid32": "getegid",
    "setuid32": "setuid",
    "setgid32": "setgid",
    "setreuid32": "setreuid",
    "setregid32": "setregid",
    "setresuid32": "setresuid",
    "setresgid32": "setresgid",
    "getresuid32": "getresuid",
    "getresgid32": "getresgid",
    "setfsuid32": "setfsuid",
    "setfsgid32": "setfsgid",
    "getgroups32": "getgroups",
    "setgroups32": "setgroups",
    "chown32": "chown",
    "fchown32": "fchown",
    "lchown32": "lchown",
}


class CallNumbers:
    """Numbers a call by its name; counts the calls that i386 had no equivalent for."""

    def __init__(self) -> None:
        with TABLE.open(newline="") as table:
            numbers = {row["name"]: int(row["number"]) for row in csv.DictReader(table)}
        self._numbers = {name: number for name, number in numbers.items() if number <= HIGHEST}
        for equivalent, names in EQUIVALENTS.items():
            self._numbers |= dict.fromkeys(names.split(), numbers[equivalent])
        self.dropped: collections.Counter[str] = collections.Counter()

    def number(self, name: str) -> int | None:
        """The number of the call, at most 340, or None where the call is to be left out."""
        number = self._numbers.get(name)
        if number is None:
            self.dropped[name] += 1
        return number


def write_table() -> None:
    """Write the table of i386 system calls from the kernel's header."""
    defined = re.findall(r"^#define __NR_(\w+)\s+(\d+)$", HEADER.read_text(), re.MULTILINE)
    rows = sorted((int(number), name) for name, number in defined)
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    lines = ["number,name", *(f"{number},{name}" for number, name in rows)]
    TABLE.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    write_table()
