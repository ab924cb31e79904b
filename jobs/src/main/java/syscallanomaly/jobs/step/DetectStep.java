package syscallanomaly.jobs.step;

import static org.apache.spark.sql.functions.col;
import static syscallanomaly.score.ScoreColumns.ALARM;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.report.ObservedSummary;
import syscallanomaly.jobs.report.ObservedTracesReport;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.UnusableWorkspaceException;
import syscallanomaly.query.SideBySide;
import syscallanomaly.report.ObservedData;
import syscallanomaly.report.ObservedReport;
import syscallanomaly.score.fitted.DetectorScores;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.score.observed.ObservedTraces;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.file.FileSystemRefusal;

/**
 * Judges observed traces. It reads a fitted detector and the traces, and writes the tables {@code
 * trace_scores} and {@code alarms}, {@code report.html} and its list of rejects.
 */
final class DetectStep implements Step {
  @Override
  public StepName name() {
    return StepName.DETECT;
  }

  @Override
  public boolean readsCorpus() {
    return false;
  }

  @Override
  public List<String> missing(Configuration configuration) {
    List<String> missing = new ArrayList<>();
    if (configuration.detect().detector().isEmpty()) {
      missing.add(
          "Cannot detect: no detector is named; set detector to the folder of a fitted detector, the folder or name of the run that fitted it, or current, the one that was promoted last");
    }
    if (configuration.traces().observed().isEmpty()) {
      missing.add(
          "Cannot detect: no traces are named; set traces.observed to a folder, glob or .zip");
    }
    return missing;
  }

  /** Refuses the run of a training, because its scores and its report would be replaced. */
  @Override
  public void requireSuited(RunFolder folder) throws UnusableWorkspaceException {
    boolean holdsTraining;
    try {
      holdsTraining = folder.read(folder.vocabulary()).isPresent();
    } catch (IOException e) {
      throw new UnusableWorkspaceException(
          "Cannot read run %s: %s".formatted(folder.runId(), FileSystemRefusal.reason(e)), e);
    }
    if (holdsTraining) {
      throw new UnusableWorkspaceException(
          "Cannot detect in run %s: it holds a training, whose scores and report would be lost; leave run.id out, or give a new one"
              .formatted(folder.runId()));
    }
  }

  @Override
  public void run(JobContext context) throws IOException {
    Configuration configuration = context.configuration();
    Path place =
        new DetectorPlace(
                context.folder().workspace(), context.spark().sparkContext().hadoopConfiguration())
            .find(configuration.detect().detector());
    try (FittedDetector detector =
        FittedDetector.load(context.spark(), place, configuration.scoring().batchSize())) {
      TraceSet observed = new RunTraces(context).read(name(), Split.OBSERVED).get(Split.OBSERVED);
      Dataset<Row> traces = ObservedTraces.of(observed.traces());
      try (DetectorScores scores = detector.score(traces, context.showWork(name().label()))) {
        publish(
            context,
            scores,
            new ObservedTracesReport(context, detector).data(observed, traces, scores));
      }
    }
  }

  private static void publish(JobContext context, DetectorScores scores, ObservedData data)
      throws IOException {
    String run = context.folder().runId();
    Dataset<Row> rows = scores.rows(data.falseAlarmRate());
    byte[] page = ObservedReport.render(data).getBytes(StandardCharsets.UTF_8);
    // Everything is computed before the first write, so that little can fail between two tables.
    SideBySide.doAll(
        List.of(
            () -> context.tables().replaceTraceScores(run, rows),
            () -> context.tables().replaceAlarms(run, rows.where(col(ALARM)))));
    context.folder().writeAtomically(context.folder().report(), page);
    ObservedSummary.add(context.summary(), data, context.folder());
    if (context.configuration().detect().failOnAlarm() && data.alarms().get(0).alarms() > 0) {
      context.summary().reportAlarm();
    }
  }
}
