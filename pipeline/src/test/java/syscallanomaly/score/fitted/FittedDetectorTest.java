package syscallanomaly.score.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Traces.calls;
import static syscallanomaly.score.fitted.SmallDetectors.MODEL;
import static syscallanomaly.score.fitted.SmallDetectors.VOCABULARY;
import static syscallanomaly.score.fitted.SmallDetectors.judged;
import static syscallanomaly.score.fitted.SmallDetectors.lstm;
import static syscallanomaly.score.fitted.SmallDetectors.tests;
import static syscallanomaly.score.fitted.SmallDetectors.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockUpdatedInfo;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.score.DetectorFamily;
import syscallanomaly.score.InputProfile;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.containment.ContainmentFamily;
import syscallanomaly.score.containment.ContainmentSettings;
import syscallanomaly.score.ensemble.Combination;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.score.lstm.LstmFamily;
import syscallanomaly.score.lstm.LstmFolds;
import syscallanomaly.score.stide.StideFamily;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.vocabulary.Vocabulary;

/** A detector of all families but the n-grams', on traces that count upwards. */
@ExtendWith(SparkExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class FittedDetectorTest {
  private static final Ensemble ENSEMBLE =
      new Ensemble("ensemble", List.of("stide", "call-set"), Combination.SOFT_MINIMUM);

  private Path folder;
  private Path original;
  private List<Row> judgedFirst;

  @BeforeAll
  void fitAll(SparkSession spark, @TempDir Path temporary) throws IOException {
    folder = temporary;
    original = folder.resolve("original");
    try (FittedDetector fitted =
        fit(
            spark,
            original,
            List.of(ENSEMBLE),
            lstm(spark),
            new StideFamily(spark, 2),
            new ContainmentFamily(ContainmentSettings.DEFAULT))) {
      judgedFirst = judged(spark, fitted);
    }
  }

  private static FittedDetector fit(
      SparkSession spark, Path target, List<Ensemble> ensembles, DetectorFamily... families)
      throws IOException {
    try (NormalTraces normal = NormalTraces.of(training(spark), 3, 1)) {
      return FittedDetectors.fit(spark, normal, VOCABULARY, target, ensembles, families);
    }
  }

  private static FittedDetector load(SparkSession spark, Path target) throws IOException {
    return FittedDetector.load(spark, new org.apache.hadoop.fs.Path(target.toUri()), 4);
  }

  @Test
  void aCopyElsewhereJudgesAsTheOriginalDid(SparkSession spark) throws IOException {
    Path copied = copyOf(original, "copied");
    Files.move(copied, folder.resolve("another place"));

    try (FittedDetector copy = load(spark, folder.resolve("another place"))) {
      assertThat(copy.detectors())
          .containsExactly(
              "ensemble", "lstm", "lstm-window", "stide", "call-set", "call-counts", "containment");
      assertThat(judged(spark, copy)).isEqualTo(judgedFirst).hasSize(7 * 4);
      assertThat(copy.known().count()).as("distinct training traces").isEqualTo(10);
      assertThat(copy.vocabulary().hash()).isEqualTo(VOCABULARY.hash());
      assertThat(copy.manifest().calibration().get("stide").traces()).isEqualTo(11);
    }
  }

  @Test
  void whatIsKeptTakesNoneOfSparksMemory(SparkSession spark) throws Exception {
    Map<Object, StorageLevel> kept = new ConcurrentHashMap<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onBlockUpdated(SparkListenerBlockUpdated update) {
            BlockUpdatedInfo block = update.blockUpdatedInfo();
            if (block.blockId().isRDD() && block.storageLevel().isValid()) {
              kept.put(block.blockId(), block.storageLevel());
            }
          }
        };
    spark.sparkContext().addSparkListener(listener);
    try (FittedDetector fitted = load(spark, original);
        DetectorScores scores = fitted.score(tests(spark), WorkProgress.NONE)) {
      assertThat(scores.traces().count()).isEqualTo(4);
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }

    assertThat(kept).hasSizeGreaterThanOrEqualTo(4);
    assertThat(kept.values()).allMatch(level -> level.useDisk() && !level.useMemory());
  }

  @Test
  void scoresBecomePValuesAndAlarms(SparkSession spark) throws IOException {
    try (FittedDetector fitted = load(spark, original);
        DetectorScores scores = fitted.score(tests(spark), WorkProgress.NONE)) {
      Row attack = scores.rows("stide", 0.2).where("split = 'attack'").head();
      assertThat(attack.<Double>getAs("score")).isEqualTo(1);
      long asHigh = Math.round(attack.<Double>getAs("p_value") * (1 + 11)) - 1;
      assertThat(asHigh).as("of eleven calibrating traces").isBetween(0L, 11L);
      assertThat(scores.calibrations().get("stide").pValue(1.0))
          .isEqualTo(attack.<Double>getAs("p_value"));
      assertThat(scores.rows(0.2).where("alarm != (p_value <= 0.2)").count()).isZero();
      assertThat(scores.rows("stide", 0.2).where("part is not null").count()).isZero();
      assertThat(scores.rows("ensemble", 0.2).where("part in ('stide', 'call-set')").count())
          .isEqualTo(4);
      assertThat(scores.traces().columns()).contains("predictions", "loss", "correct", "top5");
    }
  }

  @Test
  void anEnsembleCombinesTheCalibratedScoresOfItsParts(SparkSession spark) throws IOException {
    try (FittedDetector fitted = load(spark, original);
        DetectorScores scores = fitted.score(tests(spark), WorkProgress.NONE)) {
      CalibrationScores calibration =
          new CalibrationScores(
              spark.read().parquet(original.resolve("fitted/calibration").toString()),
              List.of(ENSEMBLE));
      for (Row row : scores.traces().collectAsList()) {
        double stide = calibration.scale("stide").z(row.<Double>getAs("stide"));
        double callSet = calibration.scale("call-set").z(row.<Double>getAs("call-set"));
        assertThat(row.<Double>getAs("ensemble"))
            .isCloseTo(ENSEMBLE.score(stide, callSet), within(1e-12));
      }
    }
  }

  @Test
  void anEnsembleOfWhichAPartIsNotCalibratedIsLeftOut(SparkSession spark) throws IOException {
    LstmFolds none =
        new LstmFolds() {
          @Override
          public int count() {
            return 0;
          }

          @Override
          public Column traces(int fold) {
            throw new IllegalStateException();
          }

          @Override
          public LanguageModel model(int fold) {
            throw new IllegalStateException();
          }
        };
    LstmFamily lstm = lstm(spark, none);
    Ensemble ensemble = new Ensemble("ensemble", List.of("lstm", "stide"), Combination.SUM);
    try (FittedDetector fitted =
        fit(
            spark,
            folder.resolve("uncalibrated"),
            List.of(ensemble),
            lstm,
            new StideFamily(spark, 2))) {
      assertThat(fitted.detectors()).containsExactly("lstm", "lstm-window", "stide");
      assertThat(fitted.manifest().ensembles()).isEmpty();
      try (DetectorScores scores = fitted.score(tests(spark), WorkProgress.NONE)) {
        assertThat(scores.rows("lstm", 0.2).where("p_value < 1").count()).isZero();
      }
    }
  }

  @Test
  void theMostAnomalousTracesShowTheirMostSurprisingCalls(SparkSession spark) throws IOException {
    Dataset<Row> tests = tests(spark);
    try (FittedDetector fitted = load(spark, original);
        DetectorScores scores = fitted.score(tests, WorkProgress.NONE)) {
      SystemCalls names = SystemCalls.tables();
      List<AnomalousTrace> found =
          new MostAnomalous(fitted.lstm(), names).find(scores.rows("lstm", 0.05), tests, 3, 100);

      assertThat(found).hasSize(3);
      assertThat(found)
          .isSortedAccordingTo(Comparator.comparingDouble(AnomalousTrace::score).reversed());
      AnomalousTrace upwards =
          found.stream().filter(trace -> trace.calls() == 6).findFirst().orElseThrow();
      assertThat(upwards.surprising()).hasSize(4);
      SurprisingCall first = upwards.surprising().get(0);
      // The trace is 2, 3, ... 7: a call is its position, counted from 1, plus 1.
      int call = first.call();
      assertThat(first.position()).isEqualTo(call - 1);
      assertThat(first.name()).isEqualTo(names.name(call));
      assertThat(first.negativeLogLikelihood())
          .isCloseTo(
              MODEL.predict(List.of(calls(call - 2, call - 1, call))).negativeLogLikelihood()[0],
              within(1e-6));
      assertThat(first.preceding()).endsWith(names.name(call - 1));
    }
  }

  private static void assertRefused(SparkSession spark, Path target, String... parts) {
    assertThatThrownBy(() -> load(spark, target).close())
        .isInstanceOf(UnusableInputException.class)
        .hasMessageStartingWith("Cannot use the detector ")
        .hasMessageContainingAll(parts);
  }

  private Path copyOf(Path original, String name) throws IOException {
    Path copy = folder.resolve(name);
    FileUtils.copyDirectory(original.toFile(), copy.toFile());
    return copy;
  }

  private static Path file(Path detector, String part, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(detector.resolve("fitted").resolve(part))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aDetectorThatIsNotAsItWasFittedIsRefusedByName(SparkSession spark) throws IOException {
    Path changed = copyOf(original, "changed");
    Path grams = file(changed, "stide/grams", ".parquet");
    byte[] bytes = Files.readAllBytes(grams);
    bytes[bytes.length / 2] ^= 1;
    Files.write(grams, bytes);
    Files.deleteIfExists(grams.resolveSibling("." + grams.getFileName() + ".crc"));
    assertRefused(spark, changed, grams.getFileName().toString(), "changed or damaged");

    Path cut = copyOf(original, "cut");
    Path model = cut.resolve("fitted/lstm/model.zip");
    Files.write(model, List.of("half"));
    Files.deleteIfExists(model.resolveSibling(".model.zip.crc"));
    assertRefused(spark, cut, "fitted/lstm/model.zip", "has 5 bytes");

    Path without = copyOf(original, "without");
    FileUtils.deleteDirectory(without.resolve("fitted/containment").toFile());
    assertRefused(spark, without, "fitted/containment/", "the file is missing");

    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertRefused(spark, empty, "has no detector.json");
  }

  @Test
  void anotherFormatOrVocabularyIsRefused(SparkSession spark) throws IOException {
    assertRefused(
        spark,
        edited(copyOf(original, "newer"), "\"formatVersion\" : 1", "\"formatVersion\" : 2"),
        "has format version 2, and this program reads version 1",
        "0.0.1");
    assertRefused(
        spark,
        edited(copyOf(original, "other words"), VOCABULARY.hash(), Vocabulary.fixed(9).hash()),
        "vocabulary.json is another one");
    assertRefused(
        spark,
        edited(
            copyOf(original, "unknown part"),
            "\"families\" : [ \"lstm\", \"stide\"",
            "\"families\" : [ \"lstm\", \"future\""),
        "it has the part future");
    Path half = copyOf(original, "half");
    Files.writeString(half.resolve("detector.json"), "{\"formatVersion\" : 1,");
    Files.deleteIfExists(half.resolve(".detector.json.crc"));
    assertRefused(spark, half, "the file is damaged");
  }

  @Test
  void theManifestTellsWhatTheTrainingTracesWereLike(SparkSession spark) throws IOException {
    SortedMap<Integer, Long> calls = new TreeMap<>();
    for (int first = 0; first < 11; first++) {
      for (int call : Traces.range(1 + first % 10, 5)) {
        calls.merge(call, 1L, Long::sum);
      }
    }
    try (FittedDetector fitted = load(spark, original)) {
      assertThat(fitted.manifest().inputProfile())
          .contains(new InputProfile(11, calls, new TreeMap<>(Map.of(5, 11L))));
    }
  }

  /** The first detectors had no profile, and the same format version. */
  @Test
  void aDetectorWithoutAProfileOfItsInputIsUsedAsBefore(SparkSession spark) throws IOException {
    Path older = copyOf(original, "older");
    Path json = older.resolve("detector.json");
    String text = Files.readString(json);
    String without =
        text.replaceFirst("(?s)\"input\" : \\{.*?\\},\\s*\"calibration\"", "\"calibration\"");
    assertThat(without)
        .contains("\"formatVersion\" : 1")
        .doesNotContain("lengths")
        .isNotEqualTo(text);
    Files.writeString(json, without);
    Files.deleteIfExists(json.resolveSibling(".detector.json.crc"));

    try (FittedDetector detector = load(spark, older)) {
      assertThat(detector.manifest().inputProfile()).isEmpty();
      assertThat(judged(spark, detector)).isEqualTo(judgedFirst);
    }
  }

  private static Path edited(Path detector, String text, String other) throws IOException {
    Path json = detector.resolve("detector.json");
    String before = Files.readString(json, StandardCharsets.UTF_8);
    assertThat(before).contains(text);
    Files.writeString(json, before.replace(text, other));
    Files.deleteIfExists(json.resolveSibling(".detector.json.crc"));
    return detector;
  }
}
