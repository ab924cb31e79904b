package syscallanomaly.jobs.step;

import java.util.List;

/** The steps that this program has. */
public final class Steps {
  private Steps() {}

  /** One step for each name, in the order in which data flows. */
  public static List<Step> all() {
    return List.of(
        new VocabularyStep(),
        new WindowsStep(),
        new TrainStep(),
        new FitStep(),
        new ScoreStep(),
        new DetectStep());
  }
}
