package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.evaluate.DetectionEvaluation;
import syscallanomaly.evaluate.DetectionResult;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.NextCallEvaluation;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.report.ClosingSummary;
import syscallanomaly.jobs.report.RunReport;
import syscallanomaly.jobs.run.Evaluation;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.StepState;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.query.SideBySide;
import syscallanomaly.report.Alarms;
import syscallanomaly.report.Report;
import syscallanomaly.report.ReportData;
import syscallanomaly.report.ScoreHistogram;
import syscallanomaly.score.TestTraces;
import syscallanomaly.score.fitted.AnomalousTrace;
import syscallanomaly.score.fitted.DetectorScores;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.score.fitted.MostAnomalous;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.DataProfile;
import syscallanomaly.window.WindowCutter;

/**
 * Scores and evaluates. It reads the fitted detector and the test traces, and writes the tables
 * {@code next_call}, {@code trace_scores}, {@code detection}, {@code operating_points}, {@code
 * comparisons} and {@code roc}, and {@code report.html}. It keeps its own list of rejects, and
 * brings {@code data_profile} up to date with the traces that it has read.
 */
final class ScoreStep implements Step {
  private static final int REPORTED_TRACES = 10;
  private static final int REPORTED_CALLS = 5;
  private static final String FIT_AGAIN = "run the fit step again";

  @Override
  public StepName name() {
    return StepName.SCORE;
  }

  @Override
  public void run(JobContext context) throws IOException {
    StepOutput output = new StepOutput(context);
    Vocabulary vocabulary = output.vocabulary();
    output.requireSameWindows(vocabulary, name());
    requireFitted(context);
    ModelManifest manifest = PublishedModel.manifest(output, context.folder());
    WindowCutter cutter = context.library().cutter(vocabulary);
    Map<Split, TraceSet> read = new RunTraces(context).read(name(), Split.VALIDATION, Split.ATTACK);
    try (FittedDetector detector = detector(context, vocabulary)) {
      Map<Split, Dataset<Row>> traces = withinLimit(read, cutter);
      Dataset<Row> tests =
          TestTraces.of(
                  detector.known(),
                  traces.get(Split.VALIDATION),
                  Optional.ofNullable(traces.get(Split.ATTACK)),
                  SystemCalls.tables().number("execve"))
              // On disk, because they grow with the traces, and Spark would give them half of its
              // memory.
              .persist(StorageLevel.DISK_ONLY());
      try (DetectorScores scores = detector.score(tests, context.showWork(name().label()))) {
        RunProfiles profiles = profiles(context, vocabulary, cutter, read);
        new Judged(context, manifest, detector, tests, scores)
            .publish(profiles, evaluation(context, read, profiles));
      } finally {
        tests.unpersist();
      }
    }
  }

  /** Requires that no step before has run since. It may have read other traces. */
  private static void requireFitted(JobContext context) throws IOException {
    if (!context.manifest().state(StepName.FIT).equals(Optional.of(StepState.DONE))) {
      throw new UnusableInputException(
          "Cannot run the score step: the detectors of run %s are not fitted to its model, or the fit step was not completed; %s"
              .formatted(context.folder().runId(), FIT_AGAIN));
    }
  }

  private static FittedDetector detector(JobContext context, Vocabulary vocabulary)
      throws IOException {
    FittedDetector detector =
        FittedDetector.load(
            context.spark(),
            context.folder().detector(),
            context.configuration().scoring().batchSize());
    if (!detector.vocabulary().hash().equals(vocabulary.hash())) {
      detector.close();
      throw new UnusableInputException(
          "Cannot run the score step: the detectors of run %s were fitted with another vocabulary than its vocabulary.json; %s"
              .formatted(context.folder().runId(), FIT_AGAIN));
    }
    return detector;
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

  /**
   * The judged test traces.
   *
   * @param model says where the model comes from
   * @param tests the test traces with their calls
   * @param scores the scores that the detector gives them
   */
  private record Judged(
      JobContext context,
      ModelManifest model,
      FittedDetector detector,
      Dataset<Row> tests,
      DetectorScores scores) {

    void publish(RunProfiles profiles, Evaluation evaluation) throws IOException {
      String run = context.folder().runId();
      Dataset<Row> rows = scores.rows(rate());
      RunReport report = new RunReport(context, model);
      RunReport.Figures figures = figures(rows, report);
      DetectionResult detection = figures.detection();
      ReportData data = report.data(profiles.rows(), scores, figures);
      byte[] page = Report.render(data).getBytes(StandardCharsets.UTF_8);
      // Everything is computed before the first write, so that little can fail between two tables.
      sayWhatIsReplaced(context, evaluation);
      profiles.publish();
      context.tables().replaceNextCall(run, figures.nextCalls());
      context.tables().replaceTraceScores(run, rows);
      context.tables().replaceDetection(run, detection.detections());
      context.tables().replaceRoc(run, detection.roc());
      context.tables().replaceOperatingPoints(run, detection.operatingPoints());
      context.tables().replaceComparisons(run, detection.comparisons());
      context.folder().writeAtomically(context.folder().report(), page);
      context.manifest().evaluation(evaluation);
      ClosingSummary.add(context.summary(), data, context.folder());
    }

    private RunReport.Figures figures(Dataset<Row> rows, RunReport report) {
      try (SideBySide queries = new SideBySide()) {
        // Those that take longest come first.
        Supplier<List<AnomalousTrace>> mostAnomalous = queries.start(this::mostAnomalous);
        Supplier<DetectionResult> detection =
            queries.start(
                () ->
                    new DetectionEvaluation(context.configuration().evaluation())
                        .evaluate(rows, scores.calibrations()));
        Supplier<List<ScoreHistogram>> histograms = queries.start(() -> report.histograms(scores));
        Supplier<List<NextCall>> nextCalls = queries.start(this::nextCalls);
        Supplier<List<Alarms>> alarms = queries.start(() -> report.alarms(scores));
        return new RunReport.Figures(
            nextCalls.get(), detection.get(), mostAnomalous.get(), alarms.get(), histograms.get());
      }
    }

    private List<NextCall> nextCalls() {
      return detector.lstm().isPresent() ? NextCallEvaluation.evaluate(scores.traces()) : List.of();
    }

    private double rate() {
      return context.configuration().scoring().falseAlarmRate();
    }

    /** The traces that the first detector finds most anomalous. */
    private List<AnomalousTrace> mostAnomalous() {
      return new MostAnomalous(detector.lstm(), SystemCalls.tables())
          .find(
              scores.rows(scores.detectors().get(0), rate()),
              tests,
              REPORTED_TRACES,
              REPORTED_CALLS);
    }
  }
}
