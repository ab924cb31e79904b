package syscallanomaly.score.observed;

/**
 * A system call of a trace that the vocabulary does not hold.
 *
 * @param call system-call number
 * @param name name of the call, such as {@code execve}
 * @param count number of times that it occurs in the trace, at least 1
 * @param position position of the first one in the trace, from 1
 */
public record UnknownCall(int call, String name, long count, int position) {}
