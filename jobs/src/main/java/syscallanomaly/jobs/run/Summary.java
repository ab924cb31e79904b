package syscallanomaly.jobs.run;

import java.util.ArrayList;
import java.util.List;

/** What a job has to say when it is done. */
public final class Summary {
  private final List<String> lines = new ArrayList<>();

  /** Adds a line. */
  public void add(String line) {
    lines.add(line);
  }

  /** The lines in the order in which they came. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
