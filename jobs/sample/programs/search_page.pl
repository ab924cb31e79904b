# An ordinary page: the articles that hold a word, and how often it has been asked for.
use strict;
use warnings;

my ($word) = ($ENV{QUERY_STRING} // '') =~ /^word=(\w+)$/;
$word //= 'none';
print "<html><body><h1>$word</h1><ul>\n";
for my $article (sort glob 'articles/*.txt') {
    open(my $file, '<', $article) or next;
    my $lines = grep { /\b\Q$word\E\b/ } <$file>;
    close $file;
    printf "<li>%s: %d of %d bytes</li>\n", $article, $lines, -s $article if $lines;
}
open(my $counter, '+>>', 'searches.log') or die "Cannot count: $!";
print $counter "$word\n";
seek($counter, 0, 0);
my $before = grep { $_ eq "$word\n" } <$counter>;
close $counter;
print "</ul><p>$before</p></body></html>\n";
