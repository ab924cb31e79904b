package syscallanomaly.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.score.ScoreColumns.ALARM;
import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import syscallanomaly.evaluate.DetectionResult;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.ScoreDistribution;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.report.AlarmBasis;
import syscallanomaly.report.Alarms;
import syscallanomaly.report.ReportData;
import syscallanomaly.report.RunSummary;
import syscallanomaly.report.ScoreHistogram;
import syscallanomaly.score.Calibration;
import syscallanomaly.score.fitted.AnomalousTrace;
import syscallanomaly.score.fitted.DetectorScores;
import syscallanomaly.trace.Split;
import syscallanomaly.window.DataProfile;

/** Collects the data that the report of a run shows. */
public final class RunReport {
  private static final int HISTOGRAM_INTERVALS = 40;

  private final JobContext context;
  private final ModelManifest model;

  public RunReport(JobContext context, ModelManifest model) {
    this.context = context;
    this.model = model;
  }

  /**
   * What was computed of the scores.
   *
   * @param nextCalls how well the model predicts the next call, for each split
   * @param detection detection figures, operating points, comparisons and ROC curves
   * @param mostAnomalous the traces that the first detector scores highest
   * @param alarms how many traces each detector reports, for each split
   * @param histograms how the scores of each detector are spread
   */
  public record Figures(
      List<NextCall> nextCalls,
      DetectionResult detection,
      List<AnomalousTrace> mostAnomalous,
      List<Alarms> alarms,
      List<ScoreHistogram> histograms) {}

  /**
   * Collects the data of the report.
   *
   * @param profiles what each split holds that was read
   * @param scores the scores of each detector; the report opens with the first detector
   * @param figures what was computed of the scores
   * @throws IOException if the manifest cannot be read
   */
  public ReportData data(List<DataProfile> profiles, DetectorScores scores, Figures figures)
      throws IOException {
    String run = context.folder().runId();
    DetectionResult detection = figures.detection();
    return new ReportData(
        summary(),
        model.layers(),
        profiles,
        context.tables().epochs(run),
        figures.nextCalls(),
        figures.alarms(),
        alarmBases(scores),
        detection.detections(),
        detection.operatingPoints(),
        detection.comparisons(),
        detection.roc(),
        figures.histograms(),
        figures.mostAnomalous(),
        context.configuration().report(),
        context.configuration().text(),
        input(profiles));
  }

  private List<ReportData.Input> input(List<DataProfile> profiles) throws IOException {
    Map<Split, String> noted = context.manifest().input();
    return profiles.stream()
        .map(DataProfile::split)
        .filter(split -> !noted.getOrDefault(split, "").isEmpty())
        .map(split -> new ReportData.Input(split, noted.get(split)))
        .toList();
  }

  private RunSummary summary() throws IOException {
    Configuration configuration = context.configuration();
    return new RunSummary(
        context.folder().runId(),
        "succeeded",
        Instant.ofEpochMilli(context.spark().sparkContext().startTime())
            .truncatedTo(ChronoUnit.SECONDS),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        CodeVersion.text(),
        configuration.run().seed(),
        context.workers(),
        context.spark().version(),
        context.manifest().inputFingerprint(),
        configuration.hash());
  }

  private List<AlarmBasis> alarmBases(DetectorScores scores) {
    double rate = rate();
    List<AlarmBasis> bases = new ArrayList<>();
    scores
        .calibrations()
        .forEach(
            (detector, calibration) ->
                bases.add(
                    new AlarmBasis(
                        detector, calibration.traces(), Calibration.tracesNeeded(rate), rate)));
    return bases;
  }

  private double rate() {
    return context.configuration().scoring().falseAlarmRate();
  }

  /** Counts the alarms of each detector in each split. */
  public List<Alarms> alarms(DetectorScores scores) {
    List<String> order = scores.detectors();
    return scores
        .rows(rate())
        .groupBy(DETECTOR, SPLIT)
        .agg(count(lit(1)), sum(col(ALARM).cast("long")))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Alarms(
                    row.getString(0),
                    Split.ofLabel(row.getString(1)),
                    row.getLong(2),
                    row.getLong(3)))
        .sorted(
            Comparator.comparing((Alarms alarms) -> order.indexOf(alarms.detector()))
                .thenComparing(Alarms::split, Comparator.comparing(Split::label)))
        .toList();
  }

  /** Counts the scores of each detector in intervals. */
  public List<ScoreHistogram> histograms(DetectorScores scores) {
    List<ScoreHistogram> histograms = new ArrayList<>();
    ScoreDistribution.of(scores.traces(), scores.detectors(), HISTOGRAM_INTERVALS)
        .forEach(
            (detector, distribution) -> {
              double threshold = scores.calibrations().get(detector).threshold(rate());
              histograms.add(
                  new ScoreHistogram(
                      detector,
                      distribution.edges(),
                      distribution.normal(),
                      distribution.attack(),
                      Double.isFinite(threshold) ? threshold : Double.NaN));
            });
    return histograms;
  }
}
