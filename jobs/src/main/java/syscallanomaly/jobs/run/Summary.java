package syscallanomaly.jobs.run;

import java.util.ArrayList;
import java.util.List;

/** The lines that standard output shows when a job is done. */
public final class Summary {
  private final List<String> lines = new ArrayList<>();

  /** Adds one line. */
  public void add(String line) {
    lines.add(line);
  }

  /** Returns the lines in the order in which they were added. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
