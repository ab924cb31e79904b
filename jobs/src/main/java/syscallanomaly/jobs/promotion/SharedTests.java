package syscallanomaly.jobs.promotion;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static syscallanomaly.score.ScoreColumns.ALARM;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.DetectionEvaluation;
import syscallanomaly.evaluate.EvaluationSettings;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.NextCallEvaluation;
import syscallanomaly.evaluate.Population;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.step.RunTraces;
import syscallanomaly.score.InputProfile;
import syscallanomaly.score.TestTraces;
import syscallanomaly.score.fitted.DetectorScores;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.window.WindowCutter;

/** The validation and attack traces that several detectors score. The workers keep them. */
final class SharedTests implements AutoCloseable {
  private final JobContext context;
  private final Map<Split, TraceSet> read;
  private final Dataset<Row> traces;

  private SharedTests(JobContext context, Map<Split, TraceSet> read, Dataset<Row> traces) {
    this.context = context;
    this.read = read;
    this.traces = traces;
  }

  /**
   * Reads the traces.
   *
   * @param candidate says which training traces are known
   * @throws syscallanomaly.trace.UnusableInputException if there are too few usable traces
   */
  static SharedTests read(JobContext context, FittedDetector candidate) throws IOException {
    Map<Split, TraceSet> read =
        new RunTraces(context).read(StepName.PROMOTE, Split.VALIDATION, Split.ATTACK);
    WindowCutter cutter = context.library().cutter(candidate.vocabulary());
    Dataset<Row> traces =
        TestTraces.of(
                candidate.known(),
                cutter.withinLimit(read.get(Split.VALIDATION).traces()),
                Optional.ofNullable(read.get(Split.ATTACK))
                    .map(attack -> cutter.withinLimit(attack.traces())),
                SystemCalls.tables().number("execve"))
            .persist(StorageLevel.DISK_ONLY());
    return new SharedTests(context, read, traces);
  }

  /** Share of the validation traces' calls that a detector does not know. */
  double unknownCalls(FittedDetector detector) {
    return InputProfile.of(read.get(Split.VALIDATION).traces()).unknownShare(detector.vocabulary());
  }

  /** Share of files and traces that were rejected, by the label of the split. */
  SortedMap<String, Double> rejected() {
    SortedMap<String, Double> shares = new TreeMap<>();
    read.forEach(
        (split, set) -> shares.put(split.label(), share(set.rejected(), set.traces().count())));
    return shares;
  }

  static double share(long rejected, long accepted) {
    return rejected == 0 ? 0 : (double) rejected / (rejected + accepted);
  }

  /**
   * Scores the traces.
   *
   * @param detector what scores them
   * @param name the detector of it whose scores count
   * @param counts whether they count; otherwise only the language model does
   * @param what what the progress says is being scored
   */
  DetectorFigures figures(FittedDetector detector, String name, boolean counts, String what) {
    try (DetectorScores scores =
        detector.score(traces, context.showWork(StepName.PROMOTE.label() + ", " + what))) {
      Optional<NextCall> nextCall =
          detector.lstm().isEmpty()
              ? Optional.empty()
              : NextCallEvaluation.evaluate(scores.traces()).stream()
                  .filter(figures -> figures.split() == Split.VALIDATION)
                  .findFirst();
      if (!counts) {
        return new DetectorFigures(0, OptionalDouble.empty(), Double.NaN, nextCall);
      }
      Dataset<Row> rows = scores.rows(name, context.configuration().scoring().falseAlarmRate());
      Column normal = col(SPLIT).equalTo(Split.VALIDATION.label());
      Row counted =
          rows.agg(
                  count(when(isFinite(col(SCORE)), lit(1))),
                  count(lit(1)),
                  count(when(normal.and(col(ALARM)), lit(1))),
                  count(when(normal, lit(1))))
              .head();
      long unscored = counted.getLong(1) - counted.getLong(0);
      return unscored > 0
          ? new DetectorFigures(unscored, OptionalDouble.empty(), Double.NaN, nextCall)
          : new DetectorFigures(
              0,
              auc(rows, name, scores),
              (double) counted.getLong(2) / counted.getLong(3),
              nextCall);
    }
  }

  private static Column isFinite(Column score) {
    return score
        .isNotNull()
        .and(score.gt(Double.NEGATIVE_INFINITY))
        .and(score.lt(Double.POSITIVE_INFINITY));
  }

  /** The margin decides, and no interval, so that one resample is enough. */
  private OptionalDouble auc(Dataset<Row> rows, String name, DetectorScores scores) {
    return new DetectionEvaluation(new EvaluationSettings(1, context.configuration().run().seed()))
        .evaluate(rows, Map.of(name, scores.calibrations().get(name))).detections().stream()
            .filter(row -> row.population() == Population.OFFICIAL)
            .filter(row -> row.family().equals(Detection.ALL_FAMILIES))
            .mapToDouble(Detection::auc)
            .findFirst();
  }

  @Override
  public void close() {
    traces.unpersist();
  }
}
