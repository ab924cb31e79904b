"""Ordinary use of a Linux host: commands of several kinds on seeded inputs.

A kind is a function that prepares files in a fresh folder and records a few commands on them.
"""

import shlex
from collections.abc import Callable
from pathlib import Path
from random import Random

import loopback
import scratch_files
import services
from tracing import ProcessTrace, Strace

PERL_SCRIPTS = (
    'while (<>) { $n{$_}++ for split } print "$_ $n{$_}\\n" for sort keys %n',
    'use POSIX; for (glob "*") { my @s = stat; printf "%s %d %s\\n", $_, $s[7], ctime($s[9]) }',
    'local $/; my $t = <>; open my $f, ">", "turned"; print $f scalar reverse $t; close $f',
    'use File::Find; find(sub { $s += -s if -f }, "."); print "$s\\n"',
    'use List::Util "shuffle"; srand 1; my @l = <>; print shuffle @l',
    "use Digest::MD5; for (@ARGV) { open F, $_; print Digest::MD5->new->addfile(*F)->hexdigest }",
    'for my $f (@ARGV) { rename $f, "$f.old" if -s $f > 2000 } system "ls -l | tail -3"',
)

PYTHON_SCRIPTS = (
    "import collections, sys\nwords = collections.Counter()\n"
    "for name in sys.argv[1:]:\n    words.update(open(name).read().split())\n"
    "open('counts', 'w').writelines(f'{w} {n}\\n' for w, n in words.most_common())",
    "import csv\nrows = list(csv.DictReader(open('table.csv')))\n"
    "with open('sorted.csv', 'w') as out:\n    w = csv.DictWriter(out, rows[0])\n"
    "    w.writerows(sorted(rows, key=lambda r: float(r['price'])))",
    "import json\nlist_ = json.load(open('documents.json'))\n"
    "for one in list_[:20]:\n    json.dump(one, open(f'document-{one[\"id\"]}.json', 'w'))",
    "import hashlib, os\nfor folder, _, names in os.walk('.'):\n    for name in names:\n"
    "        print(hashlib.sha1(open(os.path.join(folder, name), 'rb').read()).hexdigest())",
    "import sqlite3, csv\ndb = sqlite3.connect('table.db')\n"
    "db.execute('create table t (a, b, c, d)')\n"
    "db.executemany('insert into t values (?, ?, ?, ?)', csv.reader(open('table.csv')))\n"
    "db.commit()\nprint(db.execute('select b, sum(d) from t group by b').fetchall())",
    "import shutil, sys, tempfile, zipfile\nwith tempfile.TemporaryDirectory() as d:\n"
    "    with zipfile.ZipFile(d + '/a.zip', 'w', zipfile.ZIP_DEFLATED) as z:\n"
    "        for name in sys.argv[1:]:\n            z.write(name)\n"
    "    shutil.copy(d + '/a.zip', '.')",
    "import subprocess, sys\nfor name in sys.argv[1:4]:\n    subprocess.run(['wc', name])",
    "import threading\ndef part(i):\n    open(f'part-{i}', 'w').write(str(sum(range(i * 5000))))\n"
    "threads = [threading.Thread(target=part, args=(i,)) for i in range(8)]\n"
    "[t.start() for t in threads]\n[t.join() for t in threads]",
)

AWK_SCRIPTS = (
    "{ for (i = 1; i <= NF; i++) n[$i]++ } END { for (w in n) print n[w], w }",
    "length > 40 { print FILENAME, FNR; c++ } END { print c }",
    '{ print $1 > ("by-" substr($1, 1, 1)) }',
    '{ print $1 | "sort -u" } END { close("sort -u") }',
    '/river|stone/ { sub("river", "brook"); print > "changed" }',
)

SHELL_PARTS = (
    'for f in *.txt; do n=$(wc -l < "$f"); test "$n" -gt 50 && echo "$f" >> long; done; cat long',
    "mkdir -p copies; for f in *.txt; do cp $f copies/$f.1; done; ls copies | wc -l",
    "head -20 note-0.txt | while read a b; do echo $b $a; done > swapped",
    "cat *.txt | tr ' ' '\\n' | sort | uniq -c | sort -rn | head",
    "i=0; while [ $i -lt 12 ]; do echo line $i; i=$((i+1)); done > counted",
    'total=0; for f in *.txt; do total=$((total + $(stat -c %s "$f"))); done; echo $total',
    "(cd copies 2>/dev/null && ls -t | head -2) || echo none",
    "trap 'rm -f lock' EXIT; echo $$ > lock; test -s lock && date > stamp",
    "cat > here <<END\n$(date)\n$(id -un)\nEND\nmd5sum here note-*.txt > sums; md5sum -c sums",
    "cut -d' ' -f1 note-1.txt | paste - note-2.txt | head -5 | tee pasted; rm -f pasted swapped",
    "sleep 0.05 & sleep 0.1 & wait; case $(uname -m) in x86*) echo same;; *) echo other;; esac",
    "find . -type f -size -2k | xargs -r grep -c river | sort > found; diff found long > changes",
)

TOOLS = (
    "find . -name '*.txt' -newer documents.json",
    "find . -type f -exec wc -c {} +",
    "find . -type d",
    "grep -rn river .",
    "grep -c -i stone note-0.txt note-1.txt note-2.txt",
    "sort -u note-0.txt -o sorted",
    "sort -S 100K -k2 note-0.txt note-1.txt note-2.txt",
    "diff -r . copies",
    "diff -u note-0.txt note-1.txt",
    "comm note-0.txt note-1.txt",
    "join -t, -1 2 -2 2 table.csv table.csv",
    "ls -lR .",
    "du -a .",
    "cp -r . ../copy",
    "wc note-0.txt note-1.txt note-2.txt",
    "split -l 40 note-0.txt part-",
    "md5sum note-0.txt note-1.txt table.csv",
    "tail -n 5 note-0.txt note-1.txt note-2.txt",
    "od -c note-2.txt",
    "rm -r -f copies part-aa",
    "stat note-0.txt table.csv .",
    "touch note-0.txt new-file",
    "cat note-0.txt note-1.txt table.csv",
    "tac note-1.txt",
)

ARCHIVERS = (
    "tar cf all.tar --exclude=all.tar .",
    "tar czf all.tgz note-0.txt note-1.txt table.csv",
    "tar cJf all.txz note-0.txt note-1.txt",
    "tar xf old.tar -C copies",
    "tar tvf old.tar",
    "gzip -9 note-0.txt",
    "gzip -dc old.tar.gz",
    "xz -k note-1.txt",
    "bzip2 -k table.csv",
    "bzip2 -t old.tar.bz2",
    "zip -q -r all.zip .",
    "unzip -o old.zip -d copies",
    "unzip -l old.zip",
)

EDITS = (
    ("vim -es -u NONE -i NONE note-0.txt", "%s/river/brook/ge\nwq\n"),
    ("vim -es -u NONE -i NONE note-1.txt", "g/stone/d\n1,5yank\n$put\nw! edited\nqa!\n"),
    ("vim -es -u NONE -i NONE note-2.txt", "sort u\nw! sorted\nq!\n"),
    ("vim -es note-0.txt", "1,$s/^/> /\nwq\n"),
    ("ed -s note-1.txt", "1,2d\na\nadded\n.\n,s/stone/rock/\nw\nq\n"),
    ("ed -s note-2.txt", "g/river/p\n$\nr note-1.txt\nw joined\nq\n"),
    ("sed -i -e s/river/brook/ -e /stone/d note-0.txt note-1.txt note-2.txt", ""),
    ("sed -n -e /river/p -e '$=' note-0.txt note-1.txt", ""),
)

DATABASE = (
    "create table orders (id integer primary key, key int, word text, amount int, price real);",
    ".mode csv\n.import --skip 1 table.csv rows",
    "create index by_word on orders (word);",
    "begin; insert into orders (word, amount) select word, amount from orders limit 50; commit;",
    "select word, sum(amount * price) from orders group by word order by 2 desc limit 5;",
    "update orders set price = price * 1.1 where amount > 4;",
    "delete from orders where amount = 3;",
    ".output dump.sql\n.dump\n.output",
    "vacuum;",
    "analyze; explain query plan select * from orders where word = 'river';",
)

KEYS = (
    "ssh-keygen -q -t ed25519 -N '' -f key-a",
    "ssh-keygen -q -t rsa -b 2048 -N secret -f key-b",
    "ssh-keygen -q -t ecdsa -N '' -C somebody -f key-c",
    "ssh-keygen -l -f old-key.pub",
    "ssh-keygen -y -f old-key",
    "ssh-keygen -p -N changed -f old-key",
    "ssh-keygen -H -f known_hosts",
    "openssl dgst -sha256 note-0.txt note-1.txt",
    "openssl enc -aes-256-cbc -pbkdf2 -pass pass:secret -in note-1.txt -out note-1.enc",
    "openssl genpkey -algorithm ed25519 -out key-d",
)

# Too little work for a program of its own: what a shell does in a process that it forks.
BUILT_IN = ("echo ready > state", "test -s note-0.txt", "umask 027", "cd copies", ": > lock", "pwd")

CRON = (
    "for f in log/*.log; do\n  [ -s $f.1 ] && mv $f.1 $f.2\n  cp -p $f $f.1 && : > $f\ndone\n"
    "gzip -f log/*.2\nfind log -name '*.gz' -mtime +7 -delete",
    "umask 077\ntar cf backup.$$.tar log && gzip backup.$$.tar\n"
    "ls -t backup.*.gz | tail -n +3 | xargs -r rm",
    "grep -h error log/* | cut -d: -f1 | sort | uniq -c > report\n"
    "test -s report && awk '$1 > 10' report > alert\nrm -f alert",
    "df -P . | awk 'NR == 2 { print $5 }' > usage\nlogger --no-act -s checked $(cat usage)",
    "find log -type f -size +4k -exec gzip {} +\n"
    "du -s log >> sizes\ntail -30 sizes > s && mv s sizes",
)


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


def archiving(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    prepare = (
        "tar cf old.tar copies note-*; gzip -k old.tar; bzip2 -k old.tar; zip -q -r old copies"
    )
    strace.run(["sh", "-c", prepare], folder)
    return directly(strace, random.sample(ARCHIVERS, 5), folder)


def editing(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    traces = []
    for command, typed in random.sample(EDITS, 4):
        traces += strace.run(shlex.split(command), folder, typed)
    return traces


def shell_scripts(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    traces = []
    for shell in ("sh", "bash"):
        script = "\n".join(random.sample(SHELL_PARTS, random.randint(2, 7)))
        scratch_files.write(folder / "script", script)
        traces += strace.run([shell, "script"], folder)
    return traces


def background_jobs(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    jobs = [random.sample(BUILT_IN, random.randint(1, 4)) for _ in range(random.randint(3, 8))]
    script = "\n".join(f"({'; '.join(job)}) &" for job in jobs) + "\nwait\nls -l\n"
    return strace.run([random.choice(("sh", "bash")), "-c", script], folder)


def python_scripts(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    return interpreted(strace, random, folder, ["python3", "script"], PYTHON_SCRIPTS)


def perl_scripts(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    return interpreted(strace, random, folder, ["perl", "script"], PERL_SCRIPTS)


def awk_scripts(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    return interpreted(strace, random, folder, ["awk", "-f", "script"], AWK_SCRIPTS)


def tools(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    return directly(strace, random.sample(TOOLS, 7), folder)


def version_control(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    inputs(random, folder)
    settings = "git config user.name Somebody; git config user.email somebody@localhost"
    quiet = "git config gc.auto 0; git config maintenance.auto false"
    strace.run(["sh", "-c", f"git init -q; {settings}; {quiet}"], folder)
    strace.run(["sh", "-c", "git add note-0.txt; git commit -q -m first"], folder)
    commands = (
        "git add -A",
        "git commit -q -a -m second",
        "git status --short",
        "git diff --stat HEAD",
        "git log --stat",
        "git checkout -q -b other",
        "git clone -q . ../clone",
        "git gc -q",
        "git grep -n river",
        "git archive -o all.tar HEAD",
        "git stash -q",
        "git tag one",
    )
    return directly(strace, random.sample(commands, 6), folder)


def database_client(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    scratch_files.table(random, folder / "table.csv")
    traces = []
    for _ in range(3):
        statements = [*DATABASE[:2], *random.sample(DATABASE[2:], random.randint(1, 6))]
        traces += strace.run(["sqlite3", "orders.db"], folder, "\n".join(statements) + "\n")
    return traces


def key_handling(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    scratch_files.texts(random, folder)
    strace.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "old-key"], folder)
    public = (folder / "old-key.pub").read_text()
    scratch_files.write(folder / "known_hosts", f"localhost {public}example {public}")
    return directly(strace, random.sample(KEYS, 4), folder)


def cron_jobs(strace: Strace, random: Random, folder: Path) -> list[ProcessTrace]:
    scratch_files.logs(random, folder / "log")
    traces = []
    for job in random.sample(CRON, 3):
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


# Each kind with the number of its traces in the sample.
KINDS: dict[Callable[[Strace, Random, Path], list[ProcessTrace]], int] = {
    compiling: 18,
    archiving: 24,
    editing: 14,
    shell_scripts: 28,
    background_jobs: 4,
    python_scripts: 8,
    perl_scripts: 12,
    awk_scripts: 18,
    tools: 42,
    version_control: 22,
    database_client: 14,
    key_handling: 14,
    cron_jobs: 26,
    java_programs: 3,
    web_serving: 8,
    file_serving: 7,
    remote_logins: 4,
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
