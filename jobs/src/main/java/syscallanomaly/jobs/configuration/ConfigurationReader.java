package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import syscallanomaly.evaluate.EvaluationSettings;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.report.ReportSettings;
import syscallanomaly.score.FoldRule;
import syscallanomaly.score.ScoreSettings;
import syscallanomaly.score.ensemble.Combination;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.score.fitted.Detectors;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.optimiser.Optimiser;
import syscallanomaly.train.optimiser.Optimisers;
import syscallanomaly.vocabulary.VocabularySettings;
import syscallanomaly.warehouse.WarehouseSettings;
import syscallanomaly.window.DropIn;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.WindowSettings;

/** Turns values into records and checks them. No other class does. */
final class ConfigurationReader {
  private static final List<String> PLACES =
      List.of(
          "workspace",
          "traces.root",
          "traces.training",
          "traces.validation",
          "traces.attack",
          "traces.observed",
          "detector",
          "training.start-from",
          "warehouse.location");
  private static final String LAYERS = "network.layers";

  /** Parameters, gradient, updater state, and their sums in a round. */
  private static final int BYTES_A_PARAMETER = 24;

  /** File systems take names of 255 bytes; tables and unfinished files add to a run's name. */
  private static final int LONGEST_RUN_ID = 128;

  /** The detector in use and no detector, where another key names a detector by its run. */
  private static final List<String> TAKEN_NAMES =
      List.of(StartSettings.CURRENT, StartSettings.NONE);

  private static final String START_FROM = "training.start-from";
  private static final String LSTM_FOLDS = "scoring.lstm-folds";
  private static final int MOST_FOLDS = 10;

  /** Share of the held-out traces that calibrate, if no model is trained for that. */
  private static final double CALIBRATING_SHARE = 0.5;

  private static final String HOLD_OUT_RULE = "sequences.hold-out.rule";
  private static final double LONGEST_INTERVAL = 10_000;
  private static final int LARGEST_VOCABULARY = 65_536;
  private static final int LARGEST_BATCH = 1_000_000;
  private static final double SMALLEST_RATE = 1e-9;
  private static final double SMALLEST_NORM = 1e-6;
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
  private static final String NAME_RULE =
      "must be letters, digits and underscores, and start with no digit";

  private final Section section;
  private final SortedMap<String, Object> values = new TreeMap<>();
  private int lstmFolds;

  ConfigurationReader(Config configuration, Problems problems) {
    this.section = new Section(configuration, problems, values);
  }

  /** Returns the records. They have no meaning if a problem was noted. */
  Configuration read() {
    RunSettings run = run();
    Configuration configuration = records(run);
    refuseCredentials();
    return configuration;
  }

  private Configuration records(RunSettings run) {
    String workspace = section.nonEmptyText("workspace");
    TraceSettings traces = new TraceKeys(section).read();
    VocabularySettings vocabulary = vocabulary();
    return new Configuration(
        run,
        workspace,
        traces,
        vocabulary,
        windows(),
        sequences(),
        network(vocabulary),
        training(),
        start(),
        checkpoints(),
        scoring(),
        detect(),
        new PromotionReader(section).read(),
        evaluation(run.seed()),
        new ReportSettings(section.longAtLeast(1, "report.traces-a-day")),
        warehouse(),
        ExportKeys.read(section),
        clean(),
        benchmark(),
        values);
  }

  /** Refuses URIs with credentials, because URIs appear in logs and tables. */
  private void refuseCredentials() {
    for (String key : PLACES) {
      if (values.get(key) instanceof String place && Secrets.standIn(place)) {
        section.refuse(
            key,
            "must not hold credentials; give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
                + " as spark.hadoop.fs.s3a.access.key and .secret.key, or in a credential store"
                + " (spark.hadoop.hadoop.security.credential.provider.path)");
      }
    }
  }

  private RunSettings run() {
    return new RunSettings(
        section.text(
            "run.id",
            "must be at most %d letters, digits, '.', '_' and '-', start with a letter or digit, and not be %s, which have a meaning of their own"
                .formatted(LONGEST_RUN_ID, String.join(" or ", TAKEN_NAMES)),
            id ->
                id.length() <= LONGEST_RUN_ID
                    && id.matches("([A-Za-z0-9][A-Za-z0-9._-]*)?")
                    && !TAKEN_NAMES.contains(id)),
        section.whole("run.seed"));
  }

  private VocabularySettings vocabulary() {
    return new VocabularySettings(
        section.choice("vocabulary.mode", VocabularySettings.Mode.class),
        section.wholeBetween(2, LARGEST_VOCABULARY, "vocabulary.size"));
  }

  private WindowSettings windows() {
    return new WindowSettings(
        section.wholeAtLeast(2, "windows.length"), section.longAtLeast(0, "windows.limit"));
  }

  private SequenceSettings sequences() {
    return new SequenceSettings(
        section.flag("sequences.distinct"),
        new DropIn(
            section.flag("sequences.drop-in.enabled"),
            section.wholeAtLeast(1, "sequences.drop-in.max-copies")),
        holdOut());
  }

  private HoldOut holdOut() {
    HoldOut.Rule rule = section.choice(HOLD_OUT_RULE, HoldOut.Rule.class);
    double fraction = section.properShare("sequences.hold-out.fraction");
    lstmFolds = section.wholeBetween(1, MOST_FOLDS, LSTM_FOLDS);
    boolean calibrates = lstmFolds == 1 && rule == HoldOut.Rule.TRACE;
    return new HoldOut(rule, fraction, calibrates ? CALIBRATING_SHARE : 0);
  }

  private NetworkSettings network(VocabularySettings vocabulary) {
    NetworkSettings network =
        new NetworkSettings(
            section.sizes(LAYERS),
            zeroToBelowOne("network.dropout"),
            section.wholeBetween(0, NetworkSettings.LARGEST_LAYER, "network.embedding"));
    refuseTooLarge(network, vocabulary);
    return network;
  }

  /** Refuses a network that no worker's memory holds. */
  private void refuseTooLarge(NetworkSettings network, VocabularySettings vocabulary) {
    if (network.layers().stream().anyMatch(units -> units > NetworkSettings.LARGEST_LAYER)) {
      section.refuse(
          LAYERS, "each layer must have at most %d units".formatted(NetworkSettings.LARGEST_LAYER));
      return;
    }
    long parameters = network.parameters(vocabulary.mostSymbols());
    if (parameters > NetworkSettings.MOST_PARAMETERS) {
      section.refuse(
          LAYERS,
          String.format(
              Locale.ROOT,
              "must make a network of at most %,d parameters, not %,d: a worker needs %d bytes and"
                  + " more for each",
              NetworkSettings.MOST_PARAMETERS,
              parameters,
              BYTES_A_PARAMETER));
    }
  }

  /** Refuses to hold out a tail where whole traces are needed. */
  private void refuseTail(SequenceKind unit) {
    if (!"tail".equals(values.get(HOLD_OUT_RULE))) {
      return;
    }
    if (unit == SequenceKind.TRACES) {
      section.refuse(
          HOLD_OUT_RULE, "must be trace where training.unit is traces: traces are not cut");
    } else if (lstmFolds == 1) {
      section.refuse(
          LSTM_FOLDS,
          "must be at least 2 where sequences.hold-out.rule is tail: no whole trace is held out to"
              + " calibrate with");
    }
  }

  private TrainingSettings training() {
    SequenceKind unit = section.choice("training.unit", SequenceKind.class);
    refuseTail(unit);
    int truncation = section.wholeAtLeast(1, "training.truncation");
    int finalTruncation = section.wholeAtLeast(0, "training.final-truncation");
    TrainingSettings.Builder training =
        TrainingSettings.builder()
            .unit(unit)
            .truncation(truncation, finalTruncation == 0 ? truncation : finalTruncation)
            .epochs(section.wholeAtLeast(1, "training.epochs"))
            .batchSize(
                section.wholeBetween(
                    TrainingSettings.SMALLEST_BATCH, LARGEST_BATCH, "training.batch-size"))
            .optimiser(optimiser())
            .learningRate(
                section.real(
                    "training.learning-rate",
                    "must be 1e-9 to 10",
                    rate -> rate >= SMALLEST_RATE && rate <= TrainingSettings.LARGEST_RATE))
            .warmUp(zeroToBelowOne("training.warm-up"))
            .schedule(section.choice("training.schedule", TrainingSettings.Schedule.class))
            .gradientNormLimit(
                section.real(
                    "training.gradient-norm-limit",
                    "must be 0 or 1e-6 to 1e6",
                    norm ->
                        norm == 0
                            || (norm >= SMALLEST_NORM && norm <= TrainingSettings.LARGEST_NORM)))
            .averagingFrequency(section.wholeAtLeast(1, "training.averaging-frequency"))
            .polyakAveraging(section.share("training.polyak-averaging"))
            .workers(section.wholeAtLeast(0, "training.workers"))
            .patience(section.wholeAtLeast(1, "training.early-stopping.patience"))
            .minDelta(
                section.real(
                    "training.early-stopping.min-delta",
                    "must be 0 to 10",
                    nats -> nats >= 0 && nats <= TrainingSettings.LARGEST_DELTA));
    // The record refuses what the section has already noted as a problem.
    return section.hasProblems() ? TrainingSettings.builder().build() : training.build();
  }

  /** Refuses a start whose model may know the traces that choose the epoch or calibrate. */
  private StartSettings start() {
    StartSettings start = new StartSettings(section.nonEmptyText(START_FROM));
    if (start.isFresh()) {
      return start;
    }
    if (lstmFolds > 1) {
      section.refuse(
          START_FROM,
          "must be none where scoring.lstm-folds is above 1: the model of a fold would start from"
              + " one that knows the traces of the fold");
    } else if ("tail".equals(values.get(HOLD_OUT_RULE))) {
      section.refuse(
          START_FROM,
          "must be none where sequences.hold-out.rule is tail: other windows are the last ones each"
              + " time, and the model may know them");
    }
    return start;
  }

  private Optimiser optimiser() {
    List<String> names = Optimisers.names();
    String name =
        section.text(
            "training.optimiser", "must be " + String.join(" or ", names), names::contains);
    return Optimisers.named(name).orElse(Optimisers.DEFAULT);
  }

  private double zeroToBelowOne(String key) {
    return section.real(key, "must be 0 to below 1", value -> value >= 0 && value < 1);
  }

  private CheckpointSettings checkpoints() {
    return CheckpointSettings.ofMinutes(
        section.real(
            "training.checkpoint-minutes",
            "must be 0 to 10000",
            minutes -> minutes >= 0 && minutes <= LONGEST_INTERVAL));
  }

  private ScoreSettings scoring() {
    return new ScoreSettings(
        section.names("scoring.detectors", Detectors.names()),
        List.of(ensemble(), ensembleSum()),
        section.wholeAtLeast(2, "scoring.stide.length"),
        section.choice("scoring.folds", FoldRule.class),
        lstmFolds,
        section.properShare("scoring.false-alarm-rate"),
        section.wholeAtLeast(1, "scoring.batch-size"));
  }

  private Ensemble ensemble() {
    return new Ensemble(
        Detectors.ENSEMBLE,
        parts("scoring.ensemble.parts"),
        section.choice("scoring.ensemble.combine", Combination.class));
  }

  private Ensemble ensembleSum() {
    return new Ensemble(
        Detectors.ENSEMBLE_SUM, parts("scoring.ensemble-sum.parts"), Combination.SUM);
  }

  /** The section has already noted parts that cannot be used; the record would throw. */
  private List<String> parts(String key) {
    List<String> parts = section.names(key, Detectors.parts());
    return parts.isEmpty() ? Detectors.parts() : parts;
  }

  private DetectSettings detect() {
    return new DetectSettings(section.text("detector"), section.flag("detect.fail-on-alarm"));
  }

  private EvaluationSettings evaluation(long seed) {
    // The section has already noted a number that is too small; the record would throw.
    int samples = section.wholeAtLeast(1, "evaluation.bootstrap-samples");
    return new EvaluationSettings(Math.max(1, samples), seed);
  }

  private WarehouseSettings warehouse() {
    return new WarehouseSettings(
        section.text("warehouse.catalog", NAME_RULE, name -> name.matches(NAME)),
        section.text(
            "warehouse.namespace",
            NAME_RULE + "; dots may join several",
            name -> name.matches(NAME + "(\\." + NAME + ")*")),
        section.text("warehouse.location"),
        section.wholeAtLeast(0, "warehouse.keep-snapshots-days"));
  }

  private CleanSettings clean() {
    return new CleanSettings(
        section.wholeAtLeast(0, "clean.keep-runs-days"),
        section.flag("clean.deleted-runs"),
        section.flag("clean.run-folders"),
        section.flag("clean.dry-run"));
  }

  private BenchmarkSettings benchmark() {
    return new BenchmarkSettings(
        section.choice("benchmark.name", BenchmarkSettings.Name.class),
        section.wholeAtLeast(1, "benchmark.repeats"),
        section.wholeAtLeast(0, "benchmark.warm-up"),
        section.longAtLeast(1, "benchmark.windows"),
        section.longAtLeast(1, "benchmark.dl4j-windows"),
        section.longAtLeast(1, "benchmark.trace-calls"),
        section.wholeAtLeast(TrainingSettings.SMALLEST_BATCH, "benchmark.batch-size"),
        section.wholeAtLeast(TrainingSettings.SMALLEST_BATCH, "benchmark.trace-batch-size"),
        section.sizes("benchmark.workers"),
        section.sizes("benchmark.multiples"),
        section.sizes("benchmark.events"));
  }
}
