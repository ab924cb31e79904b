package syscallanomaly.jobs.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.score.AnomalousTrace;
import syscallanomaly.score.Detector;
import syscallanomaly.score.DetectorInput;
import syscallanomaly.score.DetectorScores;
import syscallanomaly.score.Detectors;
import syscallanomaly.score.LstmDetector;
import syscallanomaly.score.MostAnomalous;
import syscallanomaly.score.TestTraces;
import syscallanomaly.trace.Split;
import syscallanomaly.vocabulary.SystemCallNames;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;

/** The detectors of a run, and the traces that they score. */
final class RunDetectors implements AutoCloseable {
  private final Configuration configuration;
  private final LstmDetector lstm;
  private final List<Detector> detectors;
  private final Dataset<Row> training;
  private final Dataset<Row> heldOut;
  private final Dataset<Row> tests;
  private final List<DetectorScores> opened = new ArrayList<>();

  /**
   * Creates the detectors that the configuration names.
   *
   * @param traces traces of each split, cut at {@code windows.limit}
   */
  RunDetectors(
      Configuration configuration,
      WindowCutter cutter,
      DistributedModel model,
      Map<Split, Dataset<Row>> traces) {
    this.configuration = configuration;
    this.training = traces.get(Split.TRAINING).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> notTrainedOn =
        TrainingSequences.of(
                training, cutter, configuration.sequences(), configuration.run().seed())
            .heldOutTraces();
    this.lstm = new LstmDetector(model, cutter);
    this.detectors =
        Detectors.of(
            new DetectorInput(training, notTrainedOn, model, cutter, configuration.scoring()));
    this.heldOut = TestTraces.labelled(notTrainedOn, Split.TRAINING);
    this.tests =
        TestTraces.of(
                TestTraces.contents(training),
                traces.get(Split.VALIDATION),
                Optional.ofNullable(traces.get(Split.ATTACK)),
                SystemCallNames.i386().number("execve"))
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** The detectors that the configuration names. */
  List<Detector> detectors() {
    return detectors;
  }

  /** Scores all test traces with a detector. The scores are kept until this is closed. */
  DetectorScores score(Detector detector) {
    DetectorScores scores =
        DetectorScores.of(detector, tests, heldOut, configuration.scoring().falseAlarmRate());
    opened.add(scores);
    return scores;
  }

  /** The traces that have the highest scores, with the calls that the model did not expect. */
  List<AnomalousTrace> mostAnomalous(DetectorScores scores, int traces, int calls) {
    return new MostAnomalous(lstm, SystemCallNames.i386()).find(scores, tests, traces, calls);
  }

  @Override
  public void close() {
    opened.forEach(DetectorScores::close);
    tests.unpersist();
    training.unpersist();
  }
}
