package syscallanomaly.jobs.step;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import syscallanomaly.evaluate.DetectionResult;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.ScoreDistribution;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.report.Alarms;
import syscallanomaly.report.AnomalousTrace;
import syscallanomaly.report.LayerSummary;
import syscallanomaly.report.ReportData;
import syscallanomaly.report.RunSummary;
import syscallanomaly.report.ScoreHistogram;
import syscallanomaly.report.SurprisingCall;
import syscallanomaly.score.TraceScores;
import syscallanomaly.trace.Split;
import syscallanomaly.vocabulary.SystemCallNames;

/** Puts together what the report says of a run. */
final class RunReport {
  private static final int HISTOGRAM_INTERVALS = 40;

  private final JobContext context;
  private final ModelManifest model;
  private final SystemCallNames names = SystemCallNames.i386();

  RunReport(JobContext context, ModelManifest model) {
    this.context = context;
    this.model = model;
  }

  /**
   * @param scores of each detector, the one that the report opens with first
   * @param mostAnomalous by that detector
   */
  ReportData data(
      List<TraceScores> scores,
      List<NextCall> nextCalls,
      DetectionResult detection,
      List<syscallanomaly.score.AnomalousTrace> mostAnomalous)
      throws IOException {
    String run = context.folder().runId();
    return new ReportData(
        summary(),
        layers(),
        context.tables().dataProfile(run),
        context.tables().epochs(run),
        nextCalls,
        alarms(scores),
        detection.detections(),
        detection.roc(),
        scores.stream().map(RunReport::histogram).toList(),
        mostAnomalous.stream().map(this::anomalousTrace).toList(),
        context.configuration().text());
  }

  private List<LayerSummary> layers() {
    return model.layers().stream()
        .map(layer -> new LayerSummary(layer.name(), "", "", layer.parameters()))
        .toList();
  }

  private RunSummary summary() throws IOException {
    Configuration configuration = context.configuration();
    return new RunSummary(
        context.folder().runId(),
        "succeeded",
        context.manifest().startedAt(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        CodeVersion.text(),
        configuration.run().seed(),
        configuration.training().workersOf(context.spark()),
        context.spark().version(),
        context.manifest().inputFingerprint(),
        configuration.hash());
  }

  private static List<Alarms> alarms(List<TraceScores> scores) {
    List<Alarms> alarms = new ArrayList<>();
    for (TraceScores detector : scores) {
      for (Row row :
          detector
              .traces()
              .groupBy("split")
              .agg(count(lit(1)), sum(col("alarm").cast("long")))
              .orderBy("split")
              .collectAsList()) {
        alarms.add(
            new Alarms(
                detector.detector(), split(row.getString(0)), row.getLong(1), row.getLong(2)));
      }
    }
    return alarms;
  }

  private static ScoreHistogram histogram(TraceScores scores) {
    ScoreDistribution distribution = ScoreDistribution.of(scores.traces(), HISTOGRAM_INTERVALS);
    double threshold = scores.calibration().threshold();
    return new ScoreHistogram(
        scores.detector(),
        distribution.edges(),
        distribution.normal(),
        distribution.attack(),
        Double.isFinite(threshold) ? threshold : Double.NaN);
  }

  private AnomalousTrace anomalousTrace(syscallanomaly.score.AnomalousTrace trace) {
    return new AnomalousTrace(
        trace.traceId(),
        trace.family().orElse(""),
        split(trace.split()),
        trace.calls(),
        trace.score(),
        trace.pValue(),
        trace.alarm(),
        trace.surprising().stream().map(this::surprisingCall).toList());
  }

  private SurprisingCall surprisingCall(syscallanomaly.score.SurprisingCall call) {
    return new SurprisingCall(
        call.position() + 1,
        call.call(),
        names.name(call.call()),
        call.negativeLogLikelihood(),
        call.preceding().stream().map(names::name).toList());
  }

  private static Split split(String label) {
    return Split.valueOf(label.toUpperCase(Locale.ROOT));
  }
}
