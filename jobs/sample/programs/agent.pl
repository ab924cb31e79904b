# The stand-in of a scripted payload: connects to the recorder on the loopback and answers its
# commands "list DIR", "pack DIR", "processes" and "exit"; what it sends is masked by a key.
# usage: perl agent.pl PORT
use strict;
use warnings;
use Socket;

alarm 60;
socket(my $peer, PF_INET, SOCK_STREAM, 0) or die "Cannot open a socket: $!";
connect($peer, pack_sockaddr_in($ARGV[0], INADDR_LOOPBACK)) or die "Cannot connect: $!";
while (sysread($peer, my $line, 1024)) {
    my ($command, $argument) = split ' ', $line;
    last if $command eq 'exit';
    listing($argument) if $command eq 'list';
    packed($argument) if $command eq 'pack';
    processes() if $command eq 'processes';
    answer("\n.\n");
}
close $peer;

sub answer {
    my ($bytes) = @_;
    syswrite($peer, $bytes ^ ("\x2a" x length $bytes));
}

sub listing {
    my ($folder) = @_;
    opendir(my $entries, $folder) or return;
    for my $name (sort readdir $entries) {
        my @about = lstat "$folder/$name" or next;
        answer("$name $about[7] $about[9]\n");
    }
    closedir $entries;
}

# Every regular file below the folder, as printable text, in blocks.
sub packed {
    my ($folder) = @_;
    opendir(my $entries, $folder) or return;
    for my $name (sort grep { !/^\.\.?$/ } readdir $entries) {
        my $path = "$folder/$name";
        packed($path) if -d $path;
        next unless -f $path && open(my $file, '<:raw', $path);
        my $whole = do { local $/; <$file> };
        close $file;
        my $text = pack 'u', $whole;
        answer(substr($text, $_ * 2048, 2048)) for 0 .. int(length($text) / 2048);
    }
    closedir $entries;
}

sub processes {
    my @found = glob '/proc/[0-9]*/stat';
    for my $status (splice @found, 0, 20) {
        open(my $file, '<', $status) or next;
        answer(join(' ', (split ' ', <$file> // '')[0, 1]) . "\n");
        close $file;
    }
}
