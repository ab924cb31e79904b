package syscallanomaly.trace.event;

import java.util.Objects;

/**
 * One system call of one thread, or the end of one, as a host recorded it. Events are turned into
 * columns within the task that parses them; what is shuffled is columns.
 *
 * @param kind what happened
 * @param host name of the host, empty where the record does not say it; see {@link
 *     EventFormat#recording}
 * @param container id or name of the container, empty where the record does not say it
 * @param process id of the process, 0 where the record does not say it. A record that tells only
 *     the thread, as strace's do, gives the thread's id here; see {@code createdThread}
 * @param thread id of the thread; a record that tells only the process gives the process's id
 * @param started when the process started, in nanoseconds since 1970, or null
 * @param executable path or name of the program that runs, or null. In an {@link Kind#EXEC} it is
 *     the program that runs from now on
 * @param time when it happened, in nanoseconds since 1970, or null where the record has no date.
 *     The order of the lines is then the order of the events
 * @param call the call's number in the space of {@link syscallanomaly.trace.call.SystemCalls}; -1
 *     for the end of a thread or process
 * @param unknownName name of the call where no table holds it (then {@code call} is at least 2^30),
 *     else null
 * @param createdThread id of the thread that this call added to the process of {@code thread}, or
 *     null. Where records tell only threads, this joins threads to processes: events of {@code
 *     createdThread} belong to the process to which {@code thread} belongs. It may be the end of
 *     the call, a {@link Kind#RESUMED}, that says it
 */
public record SystemCallEvent(
    Kind kind,
    String host,
    String container,
    long process,
    long thread,
    Long started,
    String executable,
    Long time,
    int call,
    String unknownName,
    Long createdThread) {

  /** What an event is. */
  public enum Kind {
    /** A call, at its beginning if the record has both beginning and end. */
    CALL,
    /**
     * The end of a call. It counts as a call if the same thread has no beginning of it before,
     * which happens when recording starts in the middle of a call.
     */
    RESUMED,
    /** A call of execve or execveat that did not fail, as far as its record says. */
    EXEC,
    /** The end of one thread of a process. */
    THREAD_END,
    /**
     * The end of a process. Where records tell only threads, it is the end of the thread {@code
     * thread}, and the end of its process only if no other thread of the process created it.
     */
    PROCESS_END
  }

  public SystemCallEvent {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(host);
    Objects.requireNonNull(container);
  }
}
