# A throw-away login service on the loopback, built as sshd is: a listener that forks and executes
# one session a connection; it ends after the given number of connections.
# usage: perl login_service.pl PORT CONNECTIONS ACCOUNTS ROOT
use strict;
use warnings;
use Fcntl;
use IO::Socket::INET;

my ($port, $connections, $accounts, $root) = @ARGV;
alarm 60;
my $listener = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 32, ReuseAddr => 1,
) or die "Cannot listen on $port: $!";
(my $session = $0) =~ s/service/session/;
my @workers;
for (1 .. $connections) {
    my $client = $listener->accept() or die "Cannot accept: $!";
    my $worker = fork() // die "Cannot fork: $!";
    if ($worker == 0) {
        open(STDIN, '<&', $client) and open(STDOUT, '>&', $client) or die "Cannot redirect: $!";
        exec $^X, $session, $accounts, $root;
    }
    push @workers, $worker;
    close $client;
}
waitpid($_, 0) for @workers;
