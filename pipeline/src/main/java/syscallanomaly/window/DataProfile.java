package syscallanomaly.window;

import syscallanomaly.table.Column;
import syscallanomaly.trace.Split;

/** The contents of one split of the corpus in numbers: a row of the {@code data_profile} table. */
public record DataProfile(
    @Column(comment = "Part of the corpus: training, validation or attack.") Split split,
    @Column(comment = "Number of traces that were read and are usable.") long traces,
    @Column(comment = "Number of files and of traces in files that cannot be used.") long rejected,
    @Column(comment = "Number of system calls in all traces.") long calls,
    @Column(comment = "Number of different system-call numbers in the traces.") long distinctCalls,
    @Column(comment = "Largest system-call number in the traces; 0 without traces.") int maxCall,
    @Column(comment = "Number of calls of the shortest trace; 0 without traces.") int minLength,
    @Column(
            comment =
                "Number of calls of the median trace, the lower of the two middle ones; 0 without"
                    + " traces.")
        int medianLength,
    @Column(comment = "Number of calls of the longest trace; 0 without traces.") int maxLength,
    @Column(
            comment =
                "Number of n-gram windows cut from the traces, or from the first of them where the"
                    + " run limits the windows.")
        long windows,
    @Column(comment = "Number of different n-gram windows among those cut.") long distinctWindows,
    @Column(
            comment =
                "Number of calls in the traces, every repeat counted, that the vocabulary does not"
                    + " hold.")
        long unknownCalls) {

  /** The same traces with another number of rejected files and traces. */
  public DataProfile withRejected(long number) {
    return new DataProfile(
        split,
        traces,
        number,
        calls,
        distinctCalls,
        maxCall,
        minLength,
        medianLength,
        maxLength,
        windows,
        distinctWindows,
        unknownCalls);
  }
}
