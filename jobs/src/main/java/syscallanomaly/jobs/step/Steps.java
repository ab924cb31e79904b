package syscallanomaly.jobs.step;

import java.util.List;
import java.util.stream.Stream;

/** The steps that this program has. */
public final class Steps {
  private Steps() {}

  /** One step for each name. */
  public static List<Step> all() {
    return Stream.concat(pipeline().stream(), Stream.of(new DetectStep())).toList();
  }

  /** The steps of a run of the pipeline, in the order in which data flow. */
  public static List<Step> pipeline() {
    return List.of(
        new VocabularyStep(), new WindowsStep(), new TrainStep(), new FitStep(), new ScoreStep());
  }
}
