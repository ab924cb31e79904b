package syscallanomaly.trace.event.table;

import java.io.Serializable;

/**
 * Names of the columns of a table of events. An empty name stands for no column. Column names may
 * lead into structs, such as {@code process.pid}.
 *
 * @param host name of the host that recorded the event
 * @param container id or name of the container
 * @param process id of the process, which the table must have
 * @param thread id of the thread
 * @param started when the process started
 * @param time when the event happened
 * @param timeUnit unit of both times if they are numbers
 * @param order number that orders events of the same time, such as an event's number
 * @param call name of the system call, or its number on its architecture; the table must have it
 * @param architecture architecture that a call's number belongs to
 * @param executable program that the process runs
 * @param family family of the attack that the process belongs to
 */
public record EventTableSettings(
    String host,
    String container,
    String process,
    String thread,
    String started,
    String time,
    TimeUnit timeUnit,
    String order,
    String call,
    String architecture,
    String executable,
    String family)
    implements Serializable {

  /**
   * The usual names. A column that has its usual name here and is missing in the table is left out,
   * where it is not needed.
   */
  public static EventTableSettings defaults() {
    return new EventTableSettings(
        "host",
        "container",
        "process",
        "thread",
        "started",
        "time",
        TimeUnit.NS,
        "order",
        "call",
        "architecture",
        "executable",
        "family");
  }
}
