package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.evaluate.DetectionEvaluation;
import syscallanomaly.evaluate.DetectionResult;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.NextCallEvaluation;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.report.ClosingSummary;
import syscallanomaly.jobs.report.RunReport;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.model.ModelReader;
import syscallanomaly.report.Report;
import syscallanomaly.report.ReportData;
import syscallanomaly.score.AnomalousTrace;
import syscallanomaly.score.Detector;
import syscallanomaly.score.DetectorScores;
import syscallanomaly.score.LstmDetector;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.WindowCutter;

/**
 * Scores and evaluates. It reads the model and the traces, and writes the tables {@code next_call},
 * {@code trace_scores}, {@code detection} and {@code roc}, and {@code report.html}.
 */
final class ScoreStep implements Step {
  private static final int REPORTED_TRACES = 10;
  private static final int REPORTED_CALLS = 5;
  private static final String TRAIN_AGAIN = "run the train step again";

  @Override
  public StepName name() {
    return StepName.SCORE;
  }

  @Override
  public void run(JobContext context) throws IOException {
    Configuration configuration = context.configuration();
    RunFolder folder = context.folder();
    StepOutput output = new StepOutput(context);
    Vocabulary vocabulary = output.vocabulary();
    output.requireSameWindows(vocabulary, name());
    byte[] json = output.require(folder.modelManifest(), StepName.TRAIN);
    ModelManifest manifest =
        Advice.adding(
            TRAIN_AGAIN, () -> ModelManifest.fromJson(new String(json, StandardCharsets.UTF_8)));
    byte[] model = output.require(folder.model(manifest.file()), StepName.TRAIN);
    WindowCutter cutter = context.library().cutter(vocabulary);
    try (DistributedModel distributed =
            new DistributedModel(
                context.spark(),
                Advice.adding(
                    TRAIN_AGAIN,
                    () ->
                        ModelReader.read(
                            model,
                            manifest,
                            vocabulary,
                            configuration.modelWindowLength(),
                            folder.model(manifest.file()).toString())),
                configuration.scoring().batchSize());
        RunDetectors scoring =
            new RunDetectors(configuration, cutter, distributed, traces(context, cutter))) {
      List<DetectorScores> scores = score(context, scoring);
      publish(context, manifest, scoring, scores);
    }
  }

  private static Map<Split, Dataset<Row>> traces(JobContext context, WindowCutter cutter)
      throws IOException {
    RunTraces reader = new RunTraces(context);
    Map<Split, Dataset<Row>> traces = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      if (reader.has(split)) {
        // An old model may score new traces, but its training traces must be the same.
        TraceSet read = split == Split.TRAINING ? reader.readAgain(split) : reader.read(split);
        ConfiguredTraces.requireUsable(read);
        traces.put(split, cutter.withinLimit(read.traces()));
      }
    }
    return traces;
  }

  private static List<DetectorScores> score(JobContext context, RunDetectors scoring) {
    List<DetectorScores> scores = new ArrayList<>();
    for (Detector detector : scoring.detectors()) {
      try (SparkTaskProgress shown = context.showTasks("score, " + detector.name())) {
        scores.add(scoring.score(detector));
      }
    }
    return scores;
  }

  private static void publish(
      JobContext context, ModelManifest manifest, RunDetectors scoring, List<DetectorScores> scores)
      throws IOException {
    String run = context.folder().runId();
    Dataset<Row> all =
        scores.stream()
            .map(DetectorScores::commonColumns)
            .reduce(Dataset::unionByName)
            .orElseThrow();
    List<NextCall> nextCalls =
        scores.stream()
            .filter(detector -> detector.detector().equals(LstmDetector.NAME))
            .flatMap(lstm -> NextCallEvaluation.evaluate(lstm.traces()).stream())
            .toList();
    DetectionResult detection =
        new DetectionEvaluation(context.configuration().evaluation()).evaluate(all);
    List<AnomalousTrace> anomalous =
        scoring.mostAnomalous(scores.get(0), REPORTED_TRACES, REPORTED_CALLS);
    ReportData data =
        new RunReport(context, manifest).data(scores, nextCalls, detection, anomalous);
    byte[] page = Report.render(data).getBytes(StandardCharsets.UTF_8);
    // Everything is computed before the first write, so that little can fail between two tables.
    context.tables().replaceNextCall(run, nextCalls);
    context.tables().replaceTraceScores(run, all);
    context.tables().replaceDetection(run, detection.detections());
    context.tables().replaceRoc(run, detection.roc());
    context.folder().writeAtomically(context.folder().report(), page);
    ClosingSummary.add(context.summary(), data, context.folder());
  }
}
