package syscallanomaly.jobs.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job tells when it is done: lines for the user, figures for programs, and the exit code.
 */
public final class Summary {
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private boolean alarm;
  private boolean refusal;

  /** Adds one line. */
  public void add(String line) {
    lines.add(line);
  }

  /**
   * Tells a figure to programs that run this one, such as a scheduler.
   *
   * @param name lower case, words joined by underscores
   * @param value a number, a text or a truth value
   */
  public void figure(String name, Object value) {
    figures.put(name, value);
  }

  /** Returns the figures by name, in the order in which they were told. */
  public Map<String, Object> figures() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(figures));
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
