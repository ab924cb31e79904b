# One session of the login service, on its standard input and output: a process without privileges
# talks to the client, a monitor checks passwords and runs the commands of who has logged in.
# usage: perl login_session.pl ACCOUNTS ROOT
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Fcntl qw(:flock);
use Socket;

my ($accounts, $root) = @ARGV;
alarm 60;
socketpair(my $monitor, my $front, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die "Cannot pair: $!";
my $child = fork() // die "Cannot fork: $!";
if ($child == 0) {
    close $monitor;
    talk();
    exit 0;
}
close $front;
close STDIN;
close STDOUT;
serve();
waitpid($child, 0);

# Greets, agrees on a key, and passes on what the client asks for, one line each way.
sub talk {
    open(my $random, '<:raw', '/dev/urandom') or die "Cannot read random bytes: $!";
    sysread($random, my $key, 32);
    close $random;
    syswrite(STDOUT, 'LOGIN-2.0 ' . sha256_hex($key) . "\n");
    while (defined(my $line = read_line(\*STDIN))) {
        last if $line eq 'bye';
        syswrite($front, "$line\n");
        my $answer = read_line($front) // last;
        syswrite(STDOUT, "$answer\n");
    }
    shutdown($front, 2);
}

# Reads up to the end of the line, a few bytes at a time, as a packet layer does.
sub read_line {
    my ($handle) = @_;
    our %rest;
    my $text = delete $rest{$handle} // '';
    while ($text !~ /\n/) {
        my $ready = '';
        vec($ready, fileno($handle), 1) = 1;
        select($ready, undef, undef, 30) or return undef;
        sysread($handle, my $part, 64) or return undef;
        $text .= $part;
    }
    ($text, $rest{$handle}) = split /\n/, $text, 2;
    return $text;
}

sub serve {
    my ($trusted, $refused) = (0, 0);
    while (defined(my $line = read_line($monitor))) {
        my ($command, $argument) = split / /, $line, 2;
        if ($command eq 'auth') {
            $trusted = checked(split / /, $argument, 2);
            tally(split / /, $argument) if !$trusted && ++$refused > 1;
            select(undef, undef, undef, 0.01) unless $trusted;
            syswrite($monitor, $trusted ? "granted\n" : "refused\n");
        } elsif ($trusted) {
            chdir "$root/files";
            my $output = `$argument 2>&1`;
            $output =~ s/\n/ | /g;
            syswrite($monitor, substr($output, 0, 2000) . "\n");
        } else {
            syswrite($monitor, "refused\n");
        }
    }
}

# Looks for the account, as pam_unix does, and notes the outcome.
sub checked {
    my ($user, $password) = @_;
    my $trusted = 0;
    if (!-e "$root/nologin" && open(my $file, '<', $accounts)) {
        while (<$file>) {
            chomp;
            my ($name, $salt, $hash) = split /:/;
            $trusted = 1 if $name eq $user && sha256_hex("$salt$password") eq $hash;
        }
        close $file;
    }
    open(my $log, '>>', "$root/login.log") or die "Cannot log: $!";
    flock($log, LOCK_EX);
    print $log time, " $$ $user $trusted\n";
    close $log;
    return $trusted;
}

# Counts repeated failures of the user, as pam_faillock does.
sub tally {
    my ($user) = @_;
    open(my $file, '+>>', "$root/failed-$user") or die "Cannot count: $!";
    flock($file, LOCK_EX);
    seek($file, 0, 0);
    my $before = () = <$file>;
    print $file time, " $before\n";
    close $file;
    chmod 0600, "$root/failed-$user";
}
