# The second stage of the Adduser stand-in, as a shell script: adds an account to the copies of
# passwd, shadow and group in the folder SCRATCH.
set -e
cd "SCRATCH"
umask 077
test -w passwd -a -w shadow
ln passwd passwd.lock
cp passwd passwd-
cp shadow shadow-
if grep -q "^ACCOUNT:" passwd; then rm passwd.lock; exit 1; fi
id=$(($(cut -d: -f3 passwd | sort -n | tail -1) + 1))
hash=$(openssl passwd -6 -salt 5f3759df ACCOUNT)
cat passwd > passwd+
echo "ACCOUNT:x:$id:0::/home/ACCOUNT:/bin/sh" >> passwd+
cat shadow > shadow+
echo "ACCOUNT:$hash:19000:0:99999:7:::" >> shadow+
sed 's/^sudo:.*$/&,ACCOUNT/' group > group+
for file in passwd shadow group; do
    chmod 600 "$file+"
    mv "$file+" "$file"
done
mkdir -p home/ACCOUNT
for file in skel/*; do
    cp "$file" home/ACCOUNT/
done
rm -f passwd.lock
grep -q "^ACCOUNT:" passwd
