"""Names of system calls, as strace prints them on x86-64, to the numbers of Linux on i386.

The table of names and numbers is the one that the program uses. Run as a script, this file writes
the tables of i386, x86-64 and arm64 again, from the kernel's headers (Debian package
linux-libc-dev) and the calls that were added since.
"""

import collections
import csv
import re
import subprocess
from pathlib import Path

TABLES = (
    Path(__file__).resolve().parents[2] / "pipeline/src/main/resources/syscallanomaly/trace/call"
)
TABLE = TABLES / "i386.csv"
HEADERS = Path("/usr/include/x86_64-linux-gnu/asm")

# What arch/arm64/include/uapi/asm/unistd.h defines before it includes the generic header.
ARM64 = """
#define __BITS_PER_LONG 64
#define __ARCH_WANT_RENAMEAT
#define __ARCH_WANT_NEW_STAT
#define __ARCH_WANT_SET_GET_RLIMIT
#define __ARCH_WANT_SYS_CLONE3
#define __ARCH_WANT_MEMFD_SECRET
#include <asm-generic/unistd.h>
"""

# The last call of the headers of Linux 6.1, and those that came after it up to Linux 7.0. Their
# numbers are the same on all architectures.
LAST_IN_HEADERS = 450
NEWER = (
    "cachestat fchmodat2 map_shadow_stack futex_wake futex_wait futex_requeue statmount listmount"
    " lsm_get_self_attr lsm_set_self_attr lsm_list_modules mseal setxattrat getxattrat listxattrat"
    " removexattrat open_tree_attr file_getattr file_setattr listns rseq_slice_yield"
).split()

# Calls that came later and that x86-64 has alone.
NEWER_ON_X86_64 = {"uretprobe": 335, "uprobe": 336}

# Names that strace gives to the kinds of socketcall, which no table has.
KINDS_OF_SOCKETCALL = ["send", "recv"]

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


def defined(header: str) -> dict[str, int]:
    """The numbers that a header defines by name, also by the name of another number."""
    values = dict(re.findall(r"^#define (__NR\w+)\s+(\w+)$", header, re.MULTILINE))
    numbers = {}
    for name, value in values.items():
        while value in values:
            value = values[value]
        if name.startswith("__NR_") and value.isdigit():
            numbers[name.removeprefix("__NR_")] = int(value)
    limits = ("syscalls", "arch_specific_syscall")
    newer = {name: LAST_IN_HEADERS + i for i, name in enumerate(NEWER, 1)}
    return {
        name: number
        for name, number in numbers.items()
        if name not in limits and number <= LAST_IN_HEADERS
    } | newer


def arm64() -> dict[str, int]:
    header = subprocess.run(
        ["gcc", "-E", "-dM", "-"], input=ARM64, capture_output=True, text=True, check=True
    )
    return defined(header.stdout)


def x32() -> dict[str, int]:
    """The calls that x32 numbers differently from x86-64, without the bit that marks x32."""
    header = (HEADERS / "unistd_x32.h").read_text()
    pattern = r"^#define __NR_(\w+)\s+\(__X32_SYSCALL_BIT \+ (5[1-4]\d)\)$"
    return {name: int(number) for name, number in re.findall(pattern, header, re.MULTILINE)}


def write_tables() -> None:
    """Write the tables of all architectures, and of the calls that i386 does not have."""
    i386 = defined((HEADERS / "unistd_32.h").read_text())
    x86_64 = defined((HEADERS / "unistd_64.h").read_text()) | NEWER_ON_X86_64
    tables = {"i386": [i386], "x86-64": [x86_64, x32()], "arm64": [arm64()]}
    beyond = calls_beyond_i386()
    for architecture, parts in tables.items():
        rows = [row for part in parts for row in sorted((n, name) for name, n in part.items())]
        write(architecture, "number", rows)
        beyond += [name for _, name in rows if name not in i386 and name not in beyond]
    beyond += [name for name in KINDS_OF_SOCKETCALL if name not in beyond]
    write("beyond-i386", "row", list(enumerate(beyond)))


def calls_beyond_i386() -> list[str]:
    """The rows that are there: saved detectors hold their numbers, so they stay."""
    with (TABLES / "beyond-i386.csv").open(newline="") as table:
        return [row["name"] for row in csv.DictReader(table)]


def write(table: str, key: str, rows: list[tuple[int, str]]) -> None:
    lines = [f"{key},name", *(f"{number},{name}" for number, name in rows)]
    (TABLES / f"{table}.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    write_tables()
