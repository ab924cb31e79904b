package syscallanomaly.window;

import syscallanomaly.trace.Split;

/**
 * What one split of the corpus holds; a row of the {@code data_profile} table.
 *
 * @param traces traces read
 * @param rejected files and traces that cannot be used
 * @param calls system calls in all traces
 * @param distinctCalls different system-call numbers
 * @param maxCall largest system-call number
 * @param minLength calls of the shortest trace
 * @param medianLength calls of the median trace; the lower of the two middle ones
 * @param maxLength calls of the longest trace
 * @param windows n-gram windows cut from the traces
 * @param distinctWindows different windows among them
 * @param unknownCalls calls (not distinct ones) that the vocabulary does not hold
 */
public record DataProfile(
    Split split,
    long traces,
    long rejected,
    long calls,
    long distinctCalls,
    int maxCall,
    int minLength,
    int medianLength,
    int maxLength,
    long windows,
    long distinctWindows,
    long unknownCalls) {}
