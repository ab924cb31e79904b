package syscallanomaly.score.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.Traces.calls;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.TestTraces;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.UnusableInputException;

@ExtendWith(SparkExtension.class)
class ContainmentFamilyTest {
  private static final ContainmentSettings NEAREST = new ContainmentSettings(0.025, 2_000);
  private static final ContainmentSettings ALL = new ContainmentSettings(1, 2_000);
  private static final Comparator<Double> CLOSE = new DoubleComparator(1e-6);

  @TempDir java.nio.file.Path folder;
  private int fitted;

  private static NormalTraces normal(SparkSession spark, int[]... traces) {
    return NormalTraces.of(Traces.of(spark, traces), /* folds= */ 3, /* seed= */ 1);
  }

  private static Dataset<Row> tests(SparkSession spark, int[]... traces) {
    return TestTraces.labelled(Traces.of(spark, traces), Split.VALIDATION);
  }

  private static int[][] random(int traces) {
    Random random = new Random(1);
    return IntStream.range(0, traces)
        .mapToObj(i -> random.ints(4 + random.nextInt(9), 0, 6).toArray())
        .toArray(int[][]::new);
  }

  /** The scores of traces in order: call-set, call-counts, containment. */
  private List<List<Double>> fitAndScore(
      ContainmentSettings settings, NormalTraces normal, int[]... tests) {
    SparkSession spark = normal.traces().sparkSession();
    Path target = new Path(folder.toUri().toString(), "fitted-" + fitted++);
    try (FittedFamily family = new ContainmentFamily(settings).fit(normal, target)) {
      return scores(family.score(tests(spark, tests)).orderBy("ordinal"));
    }
  }

  private static List<List<Double>> scores(Dataset<Row> rows) {
    return rows.select("call-set", "call-counts", "containment").collectAsList().stream()
        .map(row -> List.of(row.getDouble(0), row.getDouble(1), row.getDouble(2)))
        .toList();
  }

  private static void assertClose(List<List<Double>> actual, List<List<Double>> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i))
          .as("trace %d", i)
          .usingElementComparator(CLOSE)
          .containsExactlyElementsOf(expected.get(i));
    }
  }

  /**
   * The trace 1 2 2 9 shares two of three calls, and the pair 1 2 of two, with the reference 1 2 3.
   * It shares one of two calls, and no pair, with 1 1 4, whose L are log2(3) and 1.
   */
  @Test
  void scoresAreThoseOfTheFormulas(SparkSession spark) {
    double twoThirds = 2.0 / 3;
    double set = 1 / (Math.pow(2, 0.9) * Math.pow(3, 0.1));
    double counts = 1 / (1 + Math.log(3) / Math.log(2));
    int[] trace = calls(1, 2, 2, 9);
    try (NormalTraces normal = normal(spark, calls(1, 2, 3), calls(1, 1, 4))) {
      assertClose(
          fitAndScore(NEAREST, normal, trace), List.of(List.of(1.0 / 3, 1.0 / 3, 5.0 / 12)));
      assertClose(
          fitAndScore(ALL, normal, trace),
          List.of(List.of(1 - (twoThirds + set) / 2, 1 - (twoThirds + counts) / 2, 7.0 / 12)));
    }
  }

  @Test
  void theNearestOfAllReferencesAreRoundedAndAtLeastOne() {
    assertThat(IntStream.of(1, 59, 60, 780, 2_000).map(NEAREST::nearest))
        .containsExactly(1, 1, 2, 20, 50);
    assertThat(ALL.nearest(7)).isEqualTo(7);
  }

  @Test
  void fifteenTimesACallIsAsGoodAsAHundredTimes(SparkSession spark) {
    try (NormalTraces normal = normal(spark, new int[100])) {
      assertThat(fitAndScore(NEAREST, normal, new int[15], new int[7]))
          .extracting(scores -> scores.get(1))
          .usingElementComparator(CLOSE)
          .containsExactly(0.0, 0.25);
    }
  }

  @Test
  void callsThatNoReferenceHoldsMakeASetLessSimilarButAreNotMissed(SparkSession spark) {
    double fourCalls = 1 - Math.pow(2, 0.1) / Math.pow(4, 0.1);
    try (NormalTraces normal = normal(spark, calls(1, 2))) {
      assertClose(
          fitAndScore(
              NEAREST, normal, calls(7, 8), calls(1, 2, 7, Integer.MAX_VALUE, 7), calls(1, 7, 2)),
          List.of(
              List.of(1.0, 1.0, 1.0),
              List.of(fourCalls, 0.0, 0.0),
              List.of(1 - Math.pow(2, 0.1) / Math.pow(3, 0.1), 0.0, 0.5)));
    }
  }

  @Test
  void aReferenceOfOneCallHasNoPairToFind(SparkSession spark) {
    try (NormalTraces normal = normal(spark, calls(5))) {
      assertClose(
          fitAndScore(NEAREST, normal, calls(5), calls(5, 5)),
          List.of(List.of(0.0, 0.0, 0.5), List.of(0.0, 0.0, 0.5)));
    }
  }

  @Test
  void equalTracesAreOneReference(SparkSession spark) {
    // With two references the second nearest counts too.
    ContainmentSettings both = new ContainmentSettings(0.5, 2_000);
    try (NormalTraces normal = normal(spark, calls(1, 2), calls(1, 2), calls(1, 2), calls(3, 4))) {
      assertClose(
          fitAndScore(both, normal, calls(1, 2), calls(5, 6)),
          List.of(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));
      assertClose(fitAndScore(ALL, normal, calls(1, 2)), List.of(List.of(0.5, 0.5, 0.5)));
    }
  }

  @Test
  void calibrationLeavesOutTheReferencesOfATracesOwnFold(SparkSession spark) {
    try (NormalTraces normal = normal(spark, random(9))) {
      int[][] own = byContent(normal.traces().where("fold = 1"));
      int[][] others = byContent(normal.traces().where("fold <> 1"));
      assertThat(own.length).isBetween(1, 5);
      try (NormalTraces rest = normal(spark, others)) {
        assertThat(calibratedInFold1(new ContainmentSettings(3.0 / 9, 2_000), normal))
            .as("three similarities, though fewer references")
            .isEqualTo(fitAndScore(new ContainmentSettings(3.0 / others.length, 2_000), rest, own));
        assertThat(calibratedInFold1(ALL, normal))
            .as("all of too few references")
            .isEqualTo(fitAndScore(ALL, rest, own));
      }
    }
  }

  private static List<List<Double>> calibratedInFold1(
      ContainmentSettings settings, NormalTraces normal) {
    return scores(
        normal
            .traces()
            .where("fold = 1")
            .join(new ContainmentFamily(settings).calibrate(normal), "content")
            .orderBy("content"));
  }

  /** The calls of traces in the order of their content. */
  private static int[][] byContent(Dataset<Row> traces) {
    return traces
        .orderBy("content")
        .select("calls")
        .as(ints(traces.sparkSession()))
        .collectAsList()
        .toArray(int[][]::new);
  }

  @Test
  void aTraceWithoutAReferenceOfAnotherFoldIsNotCalibrated(SparkSession spark) {
    try (NormalTraces alone = normal(spark, calls(1, 2), calls(1, 2))) {
      Dataset<Row> calibrated = new ContainmentFamily(NEAREST).calibrate(alone);
      assertThat(calibrated.columns())
          .containsExactly("content", "call-set", "call-counts", "containment");
      assertThat(calibrated.isEmpty()).isTrue();
    }
  }

  @Test
  void theTracesWhoseContentComesFirstAreTheReferences(SparkSession spark) {
    ContainmentSettings three = new ContainmentSettings(0.025, 3);
    try (NormalTraces normal =
        normal(
            spark,
            Traces.range(0, 4),
            Traces.range(4, 4),
            Traces.range(8, 4),
            Traces.range(12, 4),
            Traces.range(16, 4))) {
      int[][] traces = byContent(normal.traces());
      List<Double> known = List.of(0.0, 0.0, 0.0);
      List<Double> unlike = List.of(1.0, 1.0, 1.0);
      assertThat(fitAndScore(three, normal, traces))
          .containsExactly(known, known, known, unlike, unlike);
      assertThat(new ContainmentFamily(three).calibrate(normal).count())
          .as("traces that are no references are calibrated too")
          .isEqualTo(5);
    }
  }

  @Test
  void referencesThatDoNotFitAreLeftOut(SparkSession spark) {
    // A trace of n different calls takes 17 n + 16 (n - 1) bytes.
    int[][] traces = {Traces.range(0, 3), Traces.range(10, 30), Traces.range(40, 3)};
    try (NormalTraces normal = normal(spark, traces)) {
      assertThat(
              ReferenceTraces.of(normal, 10, 166).select("calls").as(ints(spark)).collectAsList())
          .as("twice 83 bytes")
          .containsExactlyInAnyOrder(traces[0], traces[2]);
      assertThat(ReferenceTraces.of(normal, 10, 165).count()).isEqualTo(1);
      assertThatThrownBy(() -> ReferenceTraces.of(normal, 10, 82))
          .isInstanceOf(UnusableInputException.class)
          .hasMessage(
              "Cannot compare traces with normal ones: none of the 3 training traces fits into 82"
                  + " bytes; leave these detectors out");
    }
  }

  private static Encoder<int[]> ints(SparkSession spark) {
    return spark.implicits().newIntArrayEncoder();
  }

  @Test
  void aCopyOfTheFolderScoresTheSame(SparkSession spark) throws IOException {
    int[][] traces = random(12);
    java.nio.file.Path fitted = folder.resolve("fitted");
    java.nio.file.Path copy = folder.resolve("copy");
    Dataset<Row> tests = tests(spark, Stream.of(random(20)).skip(12).toArray(int[][]::new));
    List<List<Double>> expected;
    try (NormalTraces normal = normal(spark, traces);
        FittedFamily family =
            new ContainmentFamily(ALL).fit(normal, new Path(fitted.toUri().toString()))) {
      expected = scores(family.score(tests).orderBy("ordinal"));
    }
    FileUtils.moveDirectory(fitted.toFile(), copy.toFile());
    try (FittedFamily family = ContainmentFamily.load(spark, new Path(copy.toUri().toString()))) {
      assertThat(scores(family.score(tests).orderBy("ordinal"))).isEqualTo(expected);
    }
    assertThat(Files.readString(copy.resolve("settings.json")))
        .isEqualToNormalizingNewlines("{\n  \"nearestShare\" : 1.0,\n  \"references\" : 2000\n}");
  }

  @Test
  void aFolderThatIsNotWholeIsRefused(SparkSession spark) throws IOException {
    Path empty = new Path(folder.toUri().toString());
    assertThatThrownBy(() -> ContainmentFamily.load(spark, empty))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot load the containment detectors: there is no %s; copy the whole folder",
            new Path(empty, "settings.json"));

    Files.writeString(folder.resolve("settings.json"), "{\"nearestShare\": ");
    assertThatThrownBy(() -> ContainmentFamily.load(spark, empty))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot load the containment detectors: %s is damaged; copy it again",
            new Path(empty, "settings.json"));
  }

  @Test
  void tracesNeedTheirColumns(SparkSession spark) {
    try (NormalTraces normal = normal(spark, calls(1, 2));
        FittedFamily fitted =
            new ContainmentFamily(NEAREST)
                .fit(normal, new Path(folder.toUri().toString(), "fitted"))) {
      assertThatThrownBy(() -> fitted.score(Traces.of(spark, calls(1, 2))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no column 'split'");
    }
  }
}
