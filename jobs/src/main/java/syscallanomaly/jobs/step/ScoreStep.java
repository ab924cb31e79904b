package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.evaluate.DetectionEvaluation;
import syscallanomaly.evaluate.DetectionResult;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.NextCallEvaluation;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.model.SavedModel;
import syscallanomaly.score.AnomalousTrace;
import syscallanomaly.score.Detector;
import syscallanomaly.score.LstmDetector;
import syscallanomaly.score.MostAnomalous;
import syscallanomaly.score.StideDetector;
import syscallanomaly.score.TestTraces;
import syscallanomaly.score.TraceScores;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.WindowCutter;

/**
 * Model and traces to the tables {@code next_call}, {@code trace_scores}, {@code detection} and
 * {@code roc}, and to {@code report.html}.
 */
final class ScoreStep implements Step {
  private static final int REPORTED_TRACES = 10;
  private static final int REPORTED_CALLS = 5;

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
    ModelManifest manifest =
        ModelManifest.fromJson(
            new String(
                output.require(folder.modelManifest(), StepName.TRAIN), StandardCharsets.UTF_8));
    byte[] model = output.require(folder.model(), StepName.TRAIN);
    WindowCutter cutter = new WindowCutter(vocabulary, configuration.windows());
    Map<Split, Dataset<Row>> traces = traces(context, cutter);
    try (DistributedModel distributed =
            new DistributedModel(
                context.spark(),
                SavedModel.read(model, manifest, vocabulary, folder.model().toString()),
                configuration.scoring().batchSize());
        Scoring scoring = new Scoring(configuration, cutter, distributed, traces)) {
      List<TraceScores> scores = new ArrayList<>();
      for (Detector detector : scoring.detectors()) {
        try (SparkTaskProgress shown =
            SparkTaskProgress.start(
                context.spark(), context.progress(), "score, " + detector.name())) {
          scores.add(scoring.score(detector));
        }
      }
      publish(context, manifest, scoring, scores);
    }
  }

  private static Map<Split, Dataset<Row>> traces(JobContext context, WindowCutter cutter)
      throws IOException {
    RunTraces reader = new RunTraces(context);
    Map<Split, Dataset<Row>> traces = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      if (reader.has(split)) {
        TraceSet read = reader.readAgain(split);
        traces.put(split, cutter.withinLimit(read.traces()));
      }
    }
    return traces;
  }

  private static void publish(
      JobContext context, ModelManifest manifest, Scoring scoring, List<TraceScores> scores)
      throws IOException {
    RunFolder folder = context.folder();
    String run = folder.runId();
    Dataset<Row> all = scores.stream().map(Scoring::commonColumns).reduce(Dataset::unionByName).orElseThrow();
    List<NextCall> nextCalls =
        scoring.languageModelScores(scores).map(NextCallEvaluation::evaluate).orElse(List.of());
    DetectionResult detection =
        new DetectionEvaluation(context.configuration().evaluation()).evaluate(all);
    List<AnomalousTrace> anomalous = scoring.mostAnomalous(scores, REPORTED_TRACES, REPORTED_CALLS);
    context.tables().replaceNextCall(run, nextCalls);
    context.tables().replaceTraceScores(run, all);
    context.tables().replaceDetection(run, detection.detections());
    context.tables().replaceRoc(run, detection.roc());
    RunReport report =
        new RunReport(context, manifest, scores, nextCalls, detection, anomalous);
    folder.writeAtomically(folder.report(), report.html().getBytes(StandardCharsets.UTF_8));
    report.summarise(context.summary());
  }
}
