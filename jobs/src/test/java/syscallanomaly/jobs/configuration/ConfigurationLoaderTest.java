package syscallanomaly.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
import syscallanomaly.train.TrainingSettings.Schedule;
import syscallanomaly.train.TrainingSettings.Truncation;
import syscallanomaly.train.optimiser.RmsPropOptimiser;
import syscallanomaly.vocabulary.VocabularySettings;
import syscallanomaly.vocabulary.VocabularySettings.Mode;
import syscallanomaly.warehouse.WarehouseSettings;
import syscallanomaly.window.DropIn;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.WindowSettings;

class ConfigurationLoaderTest {
  private static final Instant START = Instant.parse("2026-11-23T04:00:00.789Z");

  @TempDir Path folder;

  private final ConfigurationLoader loader =
      new ConfigurationLoader(
          new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
          InstantSource.fixed(START));

  @Test
  void anEmptyFileGivesTheDefaults() throws Exception {
    Configuration configuration = load("");

    assertThat(configuration.run()).isEqualTo(new RunSettings("2026-11-23T04-00-00Z", 1));
    assertThat(configuration.workspace()).isEqualTo("workspace");
    assertThat(configuration.traces())
        .isEqualTo(
            new TraceSettings(
                "adfa-ld",
                "",
                "Training_Data_Master",
                "Validation_Data_Master",
                "Attack_Data_Master",
                16 * 1024 * 1024,
                .01));
    assertThat(configuration.vocabulary()).isEqualTo(new VocabularySettings(Mode.OBSERVED, 341));
    assertThat(configuration.windows()).isEqualTo(new WindowSettings(20, 0));
    assertThat(configuration.sequences())
        .isEqualTo(
            new SequenceSettings(
                true, new DropIn(false, 10), new HoldOut(HoldOut.Rule.TRACE, .05, .5)));
    assertThat(configuration.network())
        .isEqualTo(new NetworkSettings(List.of(64, 256, 100), .2, 0));
    assertThat(configuration.training())
        .isEqualTo(
            new TrainingSettings(
                SequenceKind.WINDOWS,
                new Truncation(100, 100),
                10,
                50,
                new RmsPropOptimiser(),
                .001,
                0,
                Schedule.CONSTANT,
                0,
                40,
                .1,
                0,
                3,
                .0001));
    assertThat(configuration.checkpoints().interval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(configuration.scoring())
        .isEqualTo(
            new ScoreSettings(
                Detectors.names(),
                List.of(
                    new Ensemble(
                        "ensemble",
                        List.of("ngram-window", "ngram-ratio-end", "call-set", "call-counts"),
                        Combination.SOFT_MINIMUM),
                    new Ensemble(
                        "ensemble-sum",
                        List.of("lstm-window", "ngram-ratio", "containment"),
                        Combination.SUM)),
                6,
                FoldRule.RANDOM,
                1,
                .05,
                512));
    assertThat(configuration.evaluation()).isEqualTo(new EvaluationSettings(1000, 1));
    assertThat(configuration.report()).isEqualTo(new ReportSettings(10_000));
    assertThat(configuration.warehouse())
        .isEqualTo(new WarehouseSettings("syscall", "syscall_anomaly", ""));
  }

  @Test
  void theNotebooksConfigurationIsTheNotebooks() throws Exception {
    Configuration configuration = loader.load(Optional.of("notebook.conf"), List.of());

    assertThat(configuration.traces().format()).isEqualTo("adfa-ld");
    assertThat(configuration.vocabulary()).isEqualTo(new VocabularySettings(Mode.FIXED, 341));
    assertThat(configuration.windows()).isEqualTo(new WindowSettings(20, 20000));
    assertThat(configuration.sequences())
        .isEqualTo(
            new SequenceSettings(
                false, new DropIn(false, 10), new HoldOut(HoldOut.Rule.TAIL, .05)));
    assertThat(configuration.network())
        .isEqualTo(new NetworkSettings(List.of(64, 256, 100), .2, 0));
    assertThat(configuration.training())
        .isEqualTo(TrainingSettings.builder().epochs(1).averagingFrequency(1).build());
  }

  @Test
  void noFileMeansTheEmbeddedSample() throws Exception {
    Configuration configuration = loader.load(Optional.empty(), List.of());

    assertThat(configuration.usesEmbeddedSample()).isTrue();
    assertThat(configuration.withTracesRoot("/elsewhere.zip").usesEmbeddedSample()).isFalse();
    assertThat(configuration.withTracesRoot("/elsewhere.zip").traces().root())
        .isEqualTo("/elsewhere.zip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample.conf", "notebook.conf", "adfa-ld.conf"})
  void shippedConfigurationsAreValid(String name) throws Exception {
    assertThat(loader.load(Optional.of(name), List.of()).values())
        .hasSize(ConfigurationKey.all().size());
  }

  @Test
  void everyKeyHasOneLineOfMeaning() {
    assertThat(ConfigurationKey.all())
        .hasSizeGreaterThan(30)
        .allSatisfy(key -> assertThat(key.meaning()).as(key.path()).isNotBlank());
    assertThat(ConfigurationKey.all().get(0))
        .isEqualTo(
            new ConfigurationKey(
                "run.id",
                "\"\"",
                "Name of the run and of its folder in workspace/runs; empty: the UTC time when it"
                    + " starts",
                Decides.NOTHING));
  }

  @Test
  void aRunsNameIsNoLongerThanFileSystemsTake() throws Exception {
    assertThat(load("", "run.id=" + "r".repeat(128)).run().id()).hasSize(128);
    assertThatThrownBy(() -> load("", "run.id=" + "r".repeat(129)))
        .hasMessageContaining("must be at most 128 letters, digits");
  }

  @Test
  void theCommandLineWinsOverTheFileAndTheLastOverTheFirst() throws Exception {
    Configuration configuration =
        load("windows.length = 7\nwindows.limit = 3", "windows.length=8", "windows.length = 9");

    assertThat(configuration.windows().length()).isEqualTo(9);
    assertThat(configuration.windows().limit()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://bucket/x",
        "ADFA-LD.zip!/ADFA-LD",
        "hdfs://host:8020//a//b",
        "/data//x",
        "with # hash",
        "a,b",
        "{not closed",
        "C:\\traces",
        "",
      })
  void textOnTheCommandLineStaysAsItIs(String text) throws Exception {
    assertThat(load("", "traces.root=" + text).traces().root()).isEqualTo(text);
  }

  @Test
  void theCommandLineTakesListsQuotedTextSectionsAndSubstitutions() throws Exception {
    Configuration configuration =
        load(
            "",
            "network.layers=[8, 16]",
            "workspace=\"with blank\"",
            "windows={length=3, limit=7}",
            "sequences={distinct=false, drop-in.enabled=true}",
            "traces.root=${workspace}");

    assertThat(configuration.network().layers()).containsExactly(8, 16);
    assertThat(configuration.workspace()).isEqualTo("with blank");
    assertThat(configuration.windows().length()).isEqualTo(3);
    assertThat(configuration.sequences().dropIn()).isEqualTo(new DropIn(true, 10));
    assertThat(configuration.traces().root()).isEqualTo("with blank");
  }

  @Test
  void systemPropertiesPlayNoPart() throws Exception {
    System.setProperty("windows.length", "1");
    System.setProperty("windows.nonsense", "1");
    try {
      assertThat(load("").windows().length()).isEqualTo(20);
    } finally {
      System.clearProperty("windows.length");
      System.clearProperty("windows.nonsense");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          run.id=a/b                             | run.id = a/b: must be at most 128 letters, digits, '.', '_' and '-', start with a letter or digit, and not be current or none, which have a meaning of their own
          run.id=..                              | run.id = ..: must be at most 128 letters, digits, '.', '_' and '-', start with a letter or digit, and not be current or none, which have a meaning of their own
          run.seed=many                          | run.seed = many: must be a whole number
          run.seed=1e30                          | run.seed = 1.0E30: must be a whole number of at most 19 digits
          workspace=                             | workspace = "": must not be empty
          workspace=[a]                          | workspace = ["a"]: must be a text
          traces.format=csv                      | traces.format = csv: must be adfa-ld or unm or strace or auditd or sysdig or events or auto
          traces.architecture=mips               | traces.architecture = mips: must be empty or i386 or x86-64 or arm64
          traces.by=user                         | traces.by = user: must be process or thread
          traces.gap=-1                          | traces.gap = -1: must be 0 to 1e9 seconds
          traces.max-calls=0                     | traces.max-calls = 0: must be 1 to 100000000
          traces.sysdig-direction=both           | traces.sysdig-direction = both: must be enter or exit
          traces.events.process=                 | traces.events.process = "": must not be empty
          traces.events.time-unit=h              | traces.events.time-unit = h: must be s or ms or us or ns
          traces.training=                       | traces.training = "": must not be empty
          traces.validation=                     | traces.validation = "": must not be empty
          traces.max-bytes=0                     | traces.max-bytes = 0: must be at least 1
          traces.max-bytes=big                   | traces.max-bytes = big: must be a size in bytes, such as 16M
          traces.max-rejected-share=1.5          | traces.max-rejected-share = 1.5: must be 0 to 1
          traces.max-rejected-share=-1           | traces.max-rejected-share = -1: must be 0 to 1
          vocabulary.mode=all                    | vocabulary.mode = all: must be observed or fixed
          vocabulary.mode=null                   | vocabulary.mode = null: must be observed or fixed
          vocabulary.size=1                      | vocabulary.size = 1: must be 2 to 65536
          windows.length=1                       | windows.length = 1: must be at least 2
          windows.length=2.5                     | windows.length = 2.5: must be a whole number
          windows.length=null                    | windows.length = null: must be a whole number
          windows.length=3000000000              | windows.length = 3000000000: must be at least 2 and at most 2147483647
          windows.limit=-1                       | windows.limit = -1: must be at least 0
          sequences.distinct=perhaps               | sequences.distinct = perhaps: must be true or false
          sequences.drop-in=true                   | sequences.drop-in = true: must be a section, with sequences.drop-in.enabled, sequences.drop-in.max-copies
          sequences.drop-in.max-copies=0           | sequences.drop-in.max-copies = 0: must be at least 1
          windows.length.of=3                    | windows.length = {...}: must be a value, not a section
          network.layers=[]                      | network.layers = []: must be a list of whole numbers, each at least 1, such as [64, 256, 100]
          network.layers=[64, 0]                 | network.layers = [64,0]: must be a list of whole numbers, each at least 1, such as [64, 256, 100]
          network.layers=[1.5]                   | network.layers = [1.5]: must be a list of whole numbers, each at least 1, such as [64, 256, 100]
          network.layers=64                      | network.layers = 64: must be a list of whole numbers, each at least 1, such as [64, 256, 100]
          network.layers=[1000000]               | network.layers = [1000000]: each layer must have at most 65536 units
          network.layers=[30000]                 | network.layers = [30000]: must make a network of at most 100,000,000 parameters, not 3,676,920,512: a worker needs 24 bytes and more for each
          network.layers=[1e999]                 | network.layers = [Infinity]: must be a list of whole numbers, each at least 1, such as [64, 256, 100]
          network.dropout=1                      | network.dropout = 1: must be 0 to below 1
          network.embedding=-1                   | network.embedding = -1: must be 0 to 65536
          training.epochs=0                      | training.epochs = 0: must be at least 1
          training.batch-size=0                  | training.batch-size = 0: must be 2 to 1000000
          training.learning-rate=0               | training.learning-rate = 0: must be 1e-9 to 10
          training.learning-rate=1e99            | training.learning-rate = 1.0E99: must be 1e-9 to 10
          training.learning-rate=1e999           | training.learning-rate = Infinity: must be 1e-9 to 10
          training.optimiser=sgd                 | training.optimiser = sgd: must be rmsprop or adam
          training.warm-up=1                     | training.warm-up = 1: must be 0 to below 1
          training.warm-up=-0.1                  | training.warm-up = -0.1: must be 0 to below 1
          training.gradient-norm-limit=-1        | training.gradient-norm-limit = -1: must be 0 or 1e-6 to 1e6
          training.gradient-norm-limit=1e999     | training.gradient-norm-limit = Infinity: must be 0 or 1e-6 to 1e6
          training.gradient-norm-limit=1e-30     | training.gradient-norm-limit = 1.0E-30: must be 0 or 1e-6 to 1e6
          training.averaging-frequency=0         | training.averaging-frequency = 0: must be at least 1
          training.checkpoint-minutes=-1         | training.checkpoint-minutes = -1: must be 0 to 10000
          training.workers=-1                    | training.workers = -1: must be at least 0
          sequences.hold-out.fraction=1         | sequences.hold-out.fraction = 1: must be above 0 and below 1
          training.unit=trace                    | training.unit = trace: must be windows or traces
          training.truncation=0                  | training.truncation = 0: must be at least 1
          training.final-truncation=-1           | training.final-truncation = -1: must be at least 0
          training.schedule=cosine               | training.schedule = cosine: must be constant or linear
          sequences.hold-out.rule=random                  | sequences.hold-out.rule = random: must be tail or trace
          training.early-stopping.patience=0     | training.early-stopping.patience = 0: must be at least 1
          training.early-stopping.min-delta=-0.1 | training.early-stopping.min-delta = -0.1: must be 0 to 10
          training.early-stopping.min-delta=1e999 | training.early-stopping.min-delta = Infinity: must be 0 to 10
          scoring.detectors=[]                   | scoring.detectors = []: must be a list of ensemble, ensemble-sum, lstm, lstm-window, stide, ngram-window, ngram-ratio, ngram-ratio-end, call-set, call-counts, containment, each at most once
          scoring.detectors=[gru]                | scoring.detectors = ["gru"]: must be a list of ensemble, ensemble-sum, lstm, lstm-window, stide, ngram-window, ngram-ratio, ngram-ratio-end, call-set, call-counts, containment, each at most once
          scoring.detectors=[lstm, lstm]         | scoring.detectors = ["lstm","lstm"]: must be a list of ensemble, ensemble-sum, lstm, lstm-window, stide, ngram-window, ngram-ratio, ngram-ratio-end, call-set, call-counts, containment, each at most once
          scoring.ensemble.parts=[ensemble]      | scoring.ensemble.parts = ["ensemble"]: must be a list of lstm, lstm-window, stide, ngram-window, ngram-ratio, ngram-ratio-end, call-set, call-counts, containment, each at most once
          scoring.ensemble.combine=mean          | scoring.ensemble.combine = mean: must be soft-minimum or sum
          scoring.ensemble-sum.parts=[]          | scoring.ensemble-sum.parts = []: must be a list of lstm, lstm-window, stide, ngram-window, ngram-ratio, ngram-ratio-end, call-set, call-counts, containment, each at most once
          scoring.lstm-folds=0                   | scoring.lstm-folds = 0: must be 1 to 10
          scoring.stide.length=1                 | scoring.stide.length = 1: must be at least 2
          scoring.false-alarm-rate=0             | scoring.false-alarm-rate = 0: must be above 0 and below 1
          scoring.batch-size=0                   | scoring.batch-size = 0: must be at least 1
          evaluation.bootstrap-samples=0         | evaluation.bootstrap-samples = 0: must be at least 1
          report.traces-a-day=0                  | report.traces-a-day = 0: must be at least 1
          warehouse.catalog=a.b                  | warehouse.catalog = a.b: must be letters, digits and underscores, and start with no digit
          warehouse.namespace=1a                 | warehouse.namespace = 1a: must be letters, digits and underscores, and start with no digit; dots may join several
          windows.lenght=20                      | windows.lenght = 20: no such key; did you mean windows.length?
          window.length=20                       | window.length = 20: no such key; did you mean windows.length?
          training.patience=20                   | training.patience = 20: no such key; did you mean training.early-stopping.patience?
          training.batchSize=20                  | training.batchSize = 20: no such key; did you mean training.batch-size?
          colour=red                             | colour = red: no such key; --help lists all keys
          s3.secret-key=abc                      | s3.secret-key = ***: no such key; --help lists all keys
          secret-key=abc                         | secret-key = ***: no such key; --help lists all keys
          """)
  void saysWhatIsWrong(String assignment, String expected) {
    assertThat(errors("", assignment)).containsExactly("Cannot use " + expected + " (--set)");
  }

  @Test
  void reportsEveryErrorOfAFileWithItsLine() {
    String text =
        """
        windows {
          length = 1
          lenght = 20
        }
        network.dropout = often
        training = 3
        """;

    assertThat(errors(text, "training.epochs", "=4"))
        .containsExactly(
            "Cannot use --set training.epochs: it has no value; write --set training.epochs=VALUE",
            "Cannot use --set =4: '' is no key; --help lists all keys",
            "Cannot use training = 3: must be a section, with training.averaging-frequency,"
                + " training.batch-size, training.checkpoint-minutes, training.early-stopping,"
                + " training.epochs, training.final-truncation, training.gradient-norm-limit,"
                + " training.learning-rate, training.optimiser, training.polyak-averaging,"
                + " training.schedule, training.start-from, training.truncation, training.unit, training.warm-up,"
                + " training.workers ("
                + file()
                + ":6)",
            "Cannot use windows.lenght = 20: no such key; did you mean windows.length? ("
                + file()
                + ":3)",
            "Cannot use windows.length = 1: must be at least 2 (" + file() + ":2)",
            "Cannot use network.dropout = often: must be a number (" + file() + ":5)");
  }

  @Test
  void saysWhereAFileIsNoHocon() {
    assertThat(errors("windows {\n  length = [1\n}"))
        .singleElement()
        .asString()
        .startsWith("Cannot read configuration " + file() + ": " + file() + ": 3: ");
  }

  @Test
  void saysThatASubstitutionIsMissing() {
    assertThat(errors("workspace = ${nowhere.to.be.found}"))
        .singleElement()
        .asString()
        .startsWith("Cannot read the configuration: ")
        .contains("${nowhere.to.be.found}");
  }

  @Test
  void theHashTellsConfigurationsApart() throws Exception {
    String hash = load("", "run.id=a").hash();

    assertThat(hash).matches("[0-9a-f]{64}");
    assertThat(load("", "run.id=b").hash()).isEqualTo(hash);
    assertThat(load("windows { length = 20 }\ntraces.max-bytes = 16777216").hash()).isEqualTo(hash);
    assertThat(load("", "windows.length=21").hash()).isNotEqualTo(hash);
    assertThat(load("", "run.seed=2").hash()).isNotEqualTo(hash);
  }

  private List<String> errors(String text, String... assignments) {
    return catchThrowableOfType(ConfigurationException.class, () -> load(text, assignments))
        .errors();
  }

  private Configuration load(String text, String... assignments)
      throws ConfigurationException, IOException {
    Files.writeString(Path.of(file()), text);
    return loader.load(Optional.of(file()), Arrays.asList(assignments));
  }

  private String file() {
    return folder.resolve("test.conf").toString();
  }
}
