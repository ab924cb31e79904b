package syscallanomaly.trace.format;

import java.io.Serializable;
import java.time.Instant;

/**
 * Where a trace was recorded. What is not known is null. This is no record because Kryo, which
 * Spark can be configured to use, cannot restore records.
 */
public final class TraceOrigin implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long NANOS = 1_000_000_000L;

  private final String host;
  private final String container;
  private final long process;
  private final Long thread;
  private final String executable;
  private final Long started;

  /**
   * @param host name of the host, or null
   * @param container name of the container, or null
   * @param process id of the process
   * @param thread id of the thread if the trace is that of one thread, or null
   * @param executable path or name of the program that ran last in the trace, or null
   * @param started when the process started, or the time of the trace's first call if that is not
   *     known, in nanoseconds since 1970; or null
   */
  public TraceOrigin(
      String host, String container, long process, Long thread, String executable, Long started) {
    this.host = host;
    this.container = container;
    this.process = process;
    this.thread = thread;
    this.executable = executable;
    this.started = started;
  }

  public String host() {
    return host;
  }

  public String container() {
    return container;
  }

  public long process() {
    return process;
  }

  public Long thread() {
    return thread;
  }

  public String executable() {
    return executable;
  }

  /** Nanoseconds since 1970, or null. */
  public Long started() {
    return started;
  }

  /** What is known in words: {@code process 7, thread 9 (/usr/sbin/nginx) on web1, since ...}. */
  public String text() {
    StringBuilder text = new StringBuilder("process ").append(process);
    if (thread != null) {
      text.append(", thread ").append(thread);
    }
    if (executable != null) {
      text.append(" (").append(executable).append(')');
    }
    if (host != null) {
      text.append(" on ").append(host);
    }
    if (container != null) {
      text.append(", container ").append(container);
    }
    if (started != null) {
      text.append(", since ")
          .append(
              Instant.ofEpochSecond(Math.floorDiv(started, NANOS), Math.floorMod(started, NANOS)));
    }
    return text.toString();
  }
}
