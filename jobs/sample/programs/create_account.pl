# The second stage of the Adduser stand-in, in Perl: adds an account to the copies of passwd,
# shadow and group in the folder SCRATCH.
use strict;
use warnings;
use Fcntl qw(:flock);

chdir 'SCRATCH' or die "Cannot enter the scratch folder: $!";
umask 077;
open(my $lock, '>', 'passwd.lock') or die "Cannot lock: $!";
flock($lock, LOCK_EX);
my @ids = sort { $a <=> $b } map { (split /:/)[2] } lines('passwd');
my $id = $ids[-1] + 1;
my $hash = crypt('ACCOUNT', '$5$5f3759df');
rewritten('passwd', lines('passwd'), "ACCOUNT:x:$id:0::/home/ACCOUNT:/bin/sh\n");
rewritten('shadow', lines('shadow'), "ACCOUNT:$hash:19000:0:99999:7:::\n");
rewritten('group', map { s/^(sudo:.*)$/$1,ACCOUNT/r } lines('group'));
mkdir 'home';
mkdir 'home/ACCOUNT';
written('home/ACCOUNT/' . (split m{/})[1], lines($_)) for glob 'skel/*';
close $lock;
unlink 'passwd.lock';

sub lines {
    my ($name) = @_;
    open(my $file, '<', $name) or die "Cannot read $name: $!";
    return <$file>;
}

sub written {
    my ($name, @lines) = @_;
    open(my $file, '>', $name) or die "Cannot write $name: $!";
    syswrite($file, $_) for @lines;
    close $file;
}

sub rewritten {
    my ($name, @lines) = @_;
    written("$name-", lines($name));
    written("$name+", @lines);
    chmod 0600, "$name+";
    rename "$name+", $name;
}
