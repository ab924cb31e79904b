"""Commands and scripts of ordinary use, from which seeded draws choose."""

PERL_SCRIPTS = (
    'while (<>) { $n{$_}++ for split } print "$_ $n{$_}\\n" for sort keys %n',
    'use POSIX; for (glob "*") { my @s = stat; printf "%s %d %s\\n", $_, $s[7], ctime($s[9]) }',
    'local $/; my $t = <>; open my $f, ">", "turned"; print $f scalar reverse $t; close $f',
    'use File::Find; find(sub { $s += -s if -f }, "."); print "$s\\n"',
    'use List::Util "shuffle"; srand 1; my @l = <>; print shuffle @l',
    "use Digest::MD5; for (@ARGV) { open F, $_; print Digest::MD5->new->addfile(*F)->hexdigest }",
    'for my $f (@ARGV) { rename $f, "$f.old" if -s $f > 2000 } system "ls -l | tail -3"',
    'while (<>) { push @l, $_ if /river|kettle/ } open O, "|-", "sort -u"; print O @l; close O',
    'for (@ARGV) { open I, $_; my @w = sort map { split } <I>; printf "%s %s\\n", $_, $w[-1] }',
    'use File::Temp "tempfile"; my ($f, $n) = tempfile(); print $f $_ while <>; unlink $n',
    'use JSON::PP; open I, "documents.json"; my $d = decode_json(<I>); print scalar @$d, "\\n"',
    'for my $i (1 .. 4) { next if fork; exit open my $o, ">", "child-$i" } 1 while wait > 0',
    'use File::Copy; mkdir "kept"; copy($_, "kept/$_") for @ARGV; print glob "kept/*"',
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
    "import glob, gzip\nfor name in glob.glob('note-*.txt'):\n"
    "    with gzip.open(name + '.gz', 'wt') as out:\n        out.write(open(name).read())",
    "import difflib, sys\na, b = (open(n).readlines() for n in (sys.argv[1], 'note-0.txt'))\n"
    "open('changes', 'w').writelines(difflib.unified_diff(a, b))",
    "import pathlib\nfor f in sorted(pathlib.Path('copies').rglob('*.conf')):\n"
    "    f.rename(f.with_suffix('.old'))\nprint(sum(f.stat().st_size for f in "
    "pathlib.Path('.').rglob('*')))",
    "import multiprocessing\ndef square(i):\n    return i * i\n"
    "if __name__ == '__main__':\n    with multiprocessing.Pool(2) as pool:\n"
    "        print(sum(pool.map(square, range(40))))",
    "import configparser, logging\nlogging.basicConfig(filename='log', level=20)\n"
    "c = configparser.ConfigParser()\nc['main'] = {'colour': 'blue', 'size': '4'}\n"
    "c.write(open('settings.ini', 'w'))\nlogging.info('wrote %s', c.sections())",
)

AWK_SCRIPTS = (
    "{ for (i = 1; i <= NF; i++) n[$i]++ } END { for (w in n) print n[w], w }",
    "length > 40 { print FILENAME, FNR; c++ } END { print c }",
    '{ print $1 > ("by-" substr($1, 1, 1)) }',
    '{ print $1 | "sort -u" } END { close("sort -u") }',
    '/river|stone/ { sub("river", "brook"); print > "changed" }',
    "{ s += NF } NR % 50 == 0 { print NR, s > \"progress\"; close(\"progress\") } END { print s }",
    'BEGIN { while ("ls -l" | getline line) n++; print n }',
    'FNR == 1 { "date +%s" | getline now; close("date +%s"); print FILENAME, now > "read-at" }',
    '{ system("test -s " FILENAME) } NR == 3 { exit }',
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
    "test -d archive || mkdir archive; mv note-0.txt archive/ && ln -s archive/note-0.txt current",
    "n=0; while read -r line; do n=$((n+1)); [ $n -ge 9 ] && break; done < note-1.txt; echo $n",
    "for d in */; do echo \"$d: $(ls \"$d\" | wc -l)\"; done 2>/dev/null | sort -t: -k2 -n",
    "tmp=$(mktemp) && sort -r note-2.txt > \"$tmp\" && mv \"$tmp\" reversed",
    "tail -n +3 table.csv | while IFS=, read k w a p; do echo $w; done | sort -u | head -3",
    "if grep -q river note-1.txt; then sed s/river/b/ note-1.txt > b; else cp note-1.txt b; fi",
    "f() { printf '%s\\n' \"$@\" | sort; }; f c b a > listed; f x y | cat listed - | wc -l",
    "comm -12 note-0.txt note-1.txt | head -1; cmp -s note-0.txt note-1.txt || echo differ",
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
    "nl note-0.txt",
    "pr -2 note-1.txt",
    "fold -w 30 note-2.txt",
    "csplit -s note-0.txt 2",
    "sha256sum note-0.txt note-1.txt note-2.txt documents.json",
    "cksum note-0.txt note-1.txt note-2.txt table.csv",
    "base64 documents.json",
    "dd if=note-0.txt of=blocks bs=512",
    "dd if=/dev/zero of=zeros bs=4096 count=40",
    "install -D -m 600 note-0.txt made/by/install/note",
    "shuf -n 5 note-1.txt",
    "column -t -s , table.csv",
    "tsort note-2.txt",
    "uniq -c note-0.txt",
    "cut -d , -f 2 table.csv",
    "chmod -R go-w copies",
    "cp -a copies kept",
    "mv note-1.txt documents.json copies",
    "ln -s -f note-0.txt latest",
    "find copies -name '*.log' -delete",
    "find . -type f -name '*.txt' -exec grep -l river {} ;",
    "grep -rl --include=*.conf stone copies",
    "sort -t , -k 4 -n table.csv",
    "ls -la --sort=size .",
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
    "tar rf old.tar note-0.txt",
    "tar --delete -f old.tar note-1.txt",
    "tar cf by-time.tar --sort=name --mtime=2014-03-01 copies",
    "gzip -t old.tar.gz",
    "xz -9 -k table.csv",
    "zip -q -u old.zip note-0.txt note-1.txt",
    "zip -q -d old.zip copies/*",
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
    ("vim -es -u NONE -i NONE table.csv", "%s/,/;/g\n2,10d\nw semicolons.csv\nq!\n"),
    ("vim -es -u NONE -i NONE note-0.txt note-1.txt", "bufdo %s/stone/rock/ge | update\nqa!\n"),
    ("ed -s table.csv", "1p\n2,5m$\n,s/,/\\t/g\nw tabs\nq\n"),
    ("sed -E -n 's/^([a-z]+).*/\\1/p' note-1.txt note-2.txt", ""),
    ("sed -i.kept 1d note-0.txt note-2.txt", ""),
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
    "create table copy as select * from orders; drop table copy;",
    "alter table orders add column note text; update orders set note = word where id % 3 = 0;",
    "pragma journal_mode = wal; insert into orders (word) values ('river'), ('stone');",
    "select count(distinct word) from orders where amount between 2 and 6;",
    ".backup copy.db",
    "begin; delete from orders; rollback;",
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
    "openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=one -keyout k.pem -out c.pem",
    "openssl rand -out random-bytes 2000",
    "openssl pkey -in old-key.pem -pubout -out old-public.pem",
    "openssl dgst -sha512 -hmac secret note-0.txt",
    "openssl enc -d -base64 -in note-2.b64 -out note-2.back",
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
    "for f in log/*.log; do\n  n=$(wc -l < $f)\n"
    "  [ $n -gt 100 ] && tail -n 100 $f > $f.new && mv $f.new $f\ndone\n"
    "ls -l log | awk '{ s += $5 } END { print s }' > size",
    "exec 9> lock\nflock -n 9 || exit 1\nsort -m log/*.log | uniq > merged\nmd5sum merged >> sums",
    "find log -type f -printf '%T@ %p\\n' | sort -n | head -2 | cut -d' ' -f2 > oldest\n"
    "xargs -r cat < oldest > joined",
)

GIT = (
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
    "git branch -a",
    "git show --stat HEAD",
    "git blame note-0.txt",
    "git fsck",
    "git ls-files -s",
    "git clean -n -d",
    "git mv note-0.txt first.txt",
    "git reset -q --hard",
)

OBJECT_FILES = (
    "ar rcs all.a {objects}",
    "nm -C {objects}",
    "objdump -d {objects}",
    "objdump -h -t program",
    "readelf -a program",
    "readelf -s {objects}",
    "strings -n 6 program",
    "size {objects} program",
    "strip -o stripped program",
    "ld -r -o joined.o {objects}",
    "objcopy --strip-debug program plain",
    "ranlib old.a",
)

PACKAGES = (
    "dpkg-deb --root-owner-group --build package built.deb",
    "dpkg-deb --root-owner-group -Zgzip --build package small.deb",
    "dpkg-deb --contents old.deb",
    "dpkg-deb --info old.deb",
    "dpkg-deb --extract old.deb unpacked",
    "dpkg-deb --field old.deb Version",
    "ar t old.deb",
)

SUPERVISED = (
    "flock lock sh -c 'cat note-0.txt note-1.txt > joined'",
    "timeout 5 sh -c 'sort note-0.txt | uniq > once'",
    "ls note-*.txt | xargs -P 3 -n 1 md5sum > sums",
    "mkfifo pipe; (cat note-0.txt > pipe) & wc -w < pipe; wait; rm pipe",
    "nohup sh -c 'sleep 0.05; date' > out 2>&1 & wait; cat out",
    "nice -n 5 sort -S 50K note-1.txt > sorted",
    "(trap 'echo stopped >> state' TERM; sleep 0.3 & wait) & sleep 0.1; kill $!; wait; cat state",
    "tee first second < note-2.txt | tail -1; cmp first second",
    "env -i PATH=$PATH sh -c 'cd copies && du -s .'",
    "timeout 0.2 sleep 3; echo $? > status",
)

# Programs that only normal test traces have.
UNTRAINED = (
    "patch -o patched note-0.txt changes.diff",
    "patch -b note-0.txt changes.diff",
    "patch -R --dry-run note-1.txt changes.diff",
    "bc -l -q sums.bc",
    "bc -q short.bc",
    "jq .[].title documents.json",
    "jq -r '.[] | select(.id > 3) | .tags[]' documents.json",
    "jq 'map(.tags | length) | add' documents.json",
    "tclsh count.tcl note-0.txt note-1.txt",
    "tclsh files.tcl copies",
    "groff -Tutf8 -man paper.1",
    "groff -Tps -man paper.1",
    "nroff -man paper.1",
    "file note-0.txt table.csv documents.json copies old.gz",
    "file -i note-1.txt changes.diff sums.bc",
)
