package syscallanomaly.trace.format;

import java.io.Serializable;

/**
 * Where a trace was recorded. What is not known is null. This is no record because Kryo, which
 * Spark can be configured to use, cannot restore records.
 */
public final class TraceOrigin implements Serializable {
  private static final long serialVersionUID = 1L;

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
}
