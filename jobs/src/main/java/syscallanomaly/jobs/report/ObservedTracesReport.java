package syscallanomaly.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.score.ScoreColumns.ALARM;
import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.trace.TraceColumns.CALLS;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.report.AlarmBasis;
import syscallanomaly.report.ObservedData;
import syscallanomaly.score.Calibration;
import syscallanomaly.score.fitted.DetectorManifest;
import syscallanomaly.score.fitted.DetectorScores;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.score.observed.ObservedTrace;
import syscallanomaly.score.observed.ObservedTraces;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.EventCounts;
import syscallanomaly.trace.file.TraceLocation;

/** Collects the data of the page about observed traces. */
public final class ObservedTracesReport {
  private static final int REPORTED_TRACES = 10;
  private static final int REPORTED_CALLS = 5;

  private final JobContext context;
  private final FittedDetector detector;

  public ObservedTracesReport(JobContext context, FittedDetector detector) {
    this.context = context;
    this.detector = detector;
  }

  /**
   * Collects the data.
   *
   * @param observed the traces as they were read
   * @param traces the traces as they were judged, see {@link ObservedTraces#of}
   * @param scores the scores that the detector gave them
   */
  public ObservedData data(TraceSet observed, Dataset<Row> traces, DetectorScores scores) {
    double rate = context.configuration().scoring().falseAlarmRate();
    Row numbers = scores.traces().agg(count(lit(1)), coalesce(sum(col(CALLS)), lit(0L))).head();
    List<ObservedTrace> mostAnomalous;
    try (SparkTaskProgress shown = context.showTasks("detect, reasons")) {
      mostAnomalous =
          new ObservedTraces(detector, names(observed))
              .mostAnomalous(scores, traces, rate, REPORTED_TRACES, REPORTED_CALLS);
    }
    return new ObservedData(
        run(observed),
        fitted(detector.manifest()),
        numbers.getLong(0),
        numbers.getLong(1),
        observed.rejected(),
        rate,
        alarms(scores, rate),
        mostAnomalous,
        context.configuration().text(),
        Stream.concat(observed.format().stream(), observed.events().map(EventCounts::text).stream())
            .toList());
  }

  /** The names of all calls, with those that the traces brought along. */
  private static SystemCalls names(TraceSet observed) {
    return observed
        .events()
        .map(events -> SystemCalls.tables().withNames(events.unknownNames()))
        .orElse(SystemCalls.tables());
  }

  private ObservedData.Run run(TraceSet observed) {
    return new ObservedData.Run(
        context.folder().runId(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        CodeVersion.text(),
        Secrets.masked(
            TraceLocation.of(context.configuration().traces(), Split.OBSERVED).toString()),
        observed.fingerprint());
  }

  private static ObservedData.Detector fitted(DetectorManifest manifest) {
    return new ObservedData.Detector(
        manifest.run(),
        Instant.parse(manifest.fittedAt()),
        manifest.versions().getOrDefault(CodeVersion.PROGRAM, ""),
        manifest.normalTraces(),
        manifest.trainingTraces());
  }

  private static List<ObservedData.Alarms> alarms(DetectorScores scores, double rate) {
    Map<String, Long> raised =
        scores.rows(rate).where(col(ALARM)).groupBy(DETECTOR).count().collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
    long needed = Calibration.tracesNeeded(rate);
    return scores.calibrations().entrySet().stream()
        .map(
            entry ->
                new ObservedData.Alarms(
                    new AlarmBasis(entry.getKey(), entry.getValue().traces(), needed, rate),
                    raised.getOrDefault(entry.getKey(), 0L)))
        .toList();
  }
}
