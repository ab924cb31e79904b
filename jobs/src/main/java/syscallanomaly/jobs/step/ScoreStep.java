package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import syscallanomaly.jobs.run.Evaluation;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.StepState;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.model.ModelReader;
import syscallanomaly.report.Report;
import syscallanomaly.report.ReportData;
import syscallanomaly.score.AnomalousTrace;
import syscallanomaly.score.Calibration;
import syscallanomaly.score.Detector;
import syscallanomaly.score.DetectorScores;
import syscallanomaly.score.LstmDetector;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.DataProfile;
import syscallanomaly.window.WindowCutter;

/**
 * Scores and evaluates. It reads the model and the traces, and writes the tables {@code next_call},
 * {@code trace_scores}, {@code detection}, {@code operating_points}, {@code comparisons} and {@code
 * roc}, and {@code report.html}. It keeps its own list of rejects, and brings {@code data_profile}
 * up to date with the traces that it has read.
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
    byte[] bytes = output.require(folder.model(manifest.file()), StepName.TRAIN);
    LanguageModel model =
        Advice.adding(
            TRAIN_AGAIN,
            () ->
                ModelReader.read(
                    bytes,
                    manifest,
                    vocabulary,
                    configuration.modelWindowLength(),
                    folder.model(manifest.file()).toString()));
    requireTrained(context);
    WindowCutter cutter = context.library().cutter(vocabulary);
    Map<Split, TraceSet> read = new RunTraces(context).read(StepName.SCORE, Split.values());
    try (DistributedModel distributed =
            new DistributedModel(context.spark(), model, configuration.scoring().batchSize());
        RunDetectors scoring =
            new RunDetectors(configuration, cutter, distributed, withinLimit(read, cutter))) {
      List<DetectorScores> scores = score(context, scoring);
      RunProfiles profiles = profiles(context, vocabulary, cutter, read);
      publish(context, manifest, scoring, scores, profiles, evaluation(context, read, profiles));
    }
  }

  /** Requires that the windows step has not run since. It may have held out other traces. */
  private static void requireTrained(JobContext context) throws IOException {
    if (!context.manifest().state(StepName.TRAIN).equals(Optional.of(StepState.DONE))) {
      throw new UnusableInputException(
          "Cannot run the score step: the windows of run %s are newer than its model, or the training was not completed; %s"
              .formatted(context.folder().runId(), TRAIN_AGAIN));
    }
  }

  private static Map<Split, Dataset<Row>> withinLimit(
      Map<Split, TraceSet> read, WindowCutter cutter) {
    Map<Split, Dataset<Row>> traces = new EnumMap<>(Split.class);
    read.forEach((split, set) -> traces.put(split, cutter.withinLimit(set.traces())));
    return traces;
  }

  private static RunProfiles profiles(
      JobContext context, Vocabulary vocabulary, WindowCutter cutter, Map<Split, TraceSet> read)
      throws IOException {
    try (SparkTaskProgress shown = context.showTasks("score, profile")) {
      return RunProfiles.broughtUpToDate(context, vocabulary, cutter, read);
    }
  }

  private static Evaluation evaluation(
      JobContext context, Map<Split, TraceSet> read, RunProfiles profiles) {
    Map<String, Evaluation.Traces> traces = new TreeMap<>();
    for (DataProfile profile : profiles.rows()) {
      Split split = profile.split();
      if (split != Split.TRAINING) {
        traces.put(
            split.label(),
            new Evaluation.Traces(
                TraceLocation.of(context.configuration().traces(), split).toString(),
                profile.traces(),
                read.get(split).contentFingerprint()));
      }
    }
    return new Evaluation(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), traces);
  }

  private static void sayWhatIsReplaced(JobContext context, Evaluation now) throws IOException {
    Optional<Evaluation> former = context.manifest().evaluation();
    if (former.isPresent()) {
      context
          .progress()
          .say(
              "score: replaces the evaluation of %s, which was of %s"
                  .formatted(
                      former.get().at(),
                      former.get().traces().equals(now.traces())
                          ? "the same traces"
                          : former.get().description()));
    }
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
      JobContext context,
      ModelManifest manifest,
      RunDetectors scoring,
      List<DetectorScores> scores,
      RunProfiles profiles,
      Evaluation evaluation)
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
    Map<String, Calibration> calibrations = new LinkedHashMap<>();
    scores.forEach(detector -> calibrations.put(detector.detector(), detector.calibration()));
    DetectionResult detection =
        new DetectionEvaluation(context.configuration().evaluation()).evaluate(all, calibrations);
    List<AnomalousTrace> anomalous =
        scoring.mostAnomalous(scores.get(0), REPORTED_TRACES, REPORTED_CALLS);
    ReportData data =
        new RunReport(context, manifest)
            .data(profiles.rows(), scores, nextCalls, detection, anomalous);
    byte[] page = Report.render(data).getBytes(StandardCharsets.UTF_8);
    // Everything is computed before the first write, so that little can fail between two tables.
    sayWhatIsReplaced(context, evaluation);
    profiles.publish();
    context.tables().replaceNextCall(run, nextCalls);
    context.tables().replaceTraceScores(run, all);
    context.tables().replaceDetection(run, detection.detections());
    context.tables().replaceRoc(run, detection.roc());
    context.tables().replaceOperatingPoints(run, detection.operatingPoints());
    context.tables().replaceComparisons(run, detection.comparisons());
    context.folder().writeAtomically(context.folder().report(), page);
    context.manifest().evaluation(evaluation);
    ClosingSummary.add(context.summary(), data, context.folder());
  }
}
