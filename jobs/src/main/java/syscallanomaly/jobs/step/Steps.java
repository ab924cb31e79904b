package syscallanomaly.jobs.step;

import java.util.List;

/** The steps that this program has. */
public final class Steps {
  private Steps() {}

  /** One step for each name. */
  public static List<Step> all() {
    return List.of();
  }
}
