package syscallanomaly.jobs.run;

import java.util.ArrayList;
import java.util.List;

/** What a job tells the user when it is done: lines on standard output, and the exit code. */
public final class Summary {
  private final List<String> lines = new ArrayList<>();
  private boolean alarm;
  private boolean refusal;

  /** Adds one line. */
  public void add(String line) {
    lines.add(line);
  }

  /** Has the exit code say that an alarm was raised. */
  public void reportAlarm() {
    alarm = true;
  }

  /** Whether the exit code says that an alarm was raised. */
  public boolean reportsAlarm() {
    return alarm;
  }

  /** Has the exit code say that a detector was not promoted. */
  public void reportRefusal() {
    refusal = true;
  }

  /** Whether the exit code says that a detector was not promoted. */
  public boolean reportsRefusal() {
    return refusal;
  }

  /** Returns the lines in the order in which they were added. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
