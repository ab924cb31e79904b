package syscallanomaly.score.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Traces.calls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
class NGramFamilyTest {
  private static final NGramSettings SMALL = new NGramSettings(4, 5, 3, 0.9);

  /** Bytes of a model on a worker: any fits, none does. */
  private static final long[] LOOK_UPS_AND_JOINS = {1 << 27, 0};

  @TempDir Path folder;
  private int fitted;

  private FittedFamily fit(NGramSettings settings, long mostBytes, NormalTraces normal)
      throws IOException {
    return new NGramFamily(settings, mostBytes).fit(normal, hadoop("ngram" + fitted++));
  }

  private org.apache.hadoop.fs.Path hadoop(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private static NormalTraces normal(SparkSession spark, int[]... traces) {
    return NormalTraces.of(Traces.of(spark, traces), 3, 7);
  }

  private static Dataset<Row> tests(SparkSession spark, int[]... traces) {
    return TestTraces.labelled(Traces.of(spark, traces), Split.VALIDATION);
  }

  /** The three scores of each trace, in the order of the traces. */
  private static double[][] scores(FittedFamily family, Dataset<Row> traces) {
    List<Row> rows = family.score(traces).orderBy("split", "ordinal").collectAsList();
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.<String>getAs("split")).isEqualTo("validation"));
    return rows.stream().map(NGramFamilyTest::scores).toArray(double[][]::new);
  }

  private static double[] scores(Row row) {
    return new NGramFamily(SMALL)
        .detectors().stream().mapToDouble(detector -> row.<Double>getAs(detector)).toArray();
  }

  private static int[][] random(long seed, int traces, int most) {
    Random random = new Random(seed);
    int[][] made = new int[traces][];
    for (int i = 0; i < traces; i++) {
      int calls = 3 + random.nextInt(5);
      made[i] = random.ints(1 + random.nextInt(most), 0, calls).map(call -> call * call).toArray();
    }
    return made;
  }

  private static void assertClose(double[][] found, double[][] expected) {
    assertThat(found.length).isEqualTo(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("trace %d", i).containsExactly(expected[i], within(1e-9));
    }
  }

  @Test
  void scoresAreThoseWorkedOutByHand(SparkSession spark) throws IOException {
    // Three copies of 1 2, and 1 1. After the start: 1 four times. After 1: 2 three times, 1 once.
    int[][] training = {{1, 2}, {1, 2}, {1, 1}, {1, 2}};
    double[] first = {-Math.log(137 / 150.0), Math.log(59 / 64.0) - Math.log(137 / 150.0)};
    double[] second = {-Math.log(28 / 45.0), Math.log(21 / 32.0) - Math.log(28 / 45.0)};
    double[] unknownFirst = {-Math.log(1 / 15.0), Math.log(1 / 32.0) - Math.log(1 / 75.0)};
    double[] unknownSecond = {-Math.log(1 / 15.0), Math.log(1 / 16.0) - Math.log(1 / 45.0)};
    double[] afterUnknown = {-Math.log(17 / 30.0), Math.log(7 / 12.0) - Math.log(17 / 30.0)};
    double[][] expected = {
      {first[0], first[1], first[1]},
      {(first[0] + second[0]) / 2, (first[1] + second[1]) / 2, second[1]},
      {unknownFirst[0], unknownFirst[1], unknownFirst[1]},
      {(first[0] + unknownSecond[0]) / 2, (first[1] + unknownSecond[1]) / 2, afterUnknown[1]},
    };
    try (NormalTraces normal = normal(spark, training)) {
      for (long mostBytes : LOOK_UPS_AND_JOINS) {
        try (FittedFamily family = fit(new NGramSettings(2, 2, 1, 0.75), mostBytes, normal)) {
          assertClose(
              scores(family, tests(spark, calls(1), calls(1, 2), calls(9), calls(1, 9, 1))),
              expected);
        }
      }
    }
  }

  @Test
  void scoresAreThoseOfTheDefinition(SparkSession spark) throws IOException {
    int[][] training = random(1, 12, 60);
    training[5] = training[3];
    training[9] = training[3];
    int[][] tests = random(2, 20, 90);
    tests[0] = calls(4);
    tests[1] = calls(Integer.MAX_VALUE, 1, 1 << 20, 4, 4, 1, 0);
    tests[2] = training[3];
    NaiveNGrams naive = naive(training);
    Arrays.stream(training).forEach(naive::add);
    double[][] expected = Arrays.stream(tests).map(naive::scores).toArray(double[][]::new);

    try (NormalTraces normal = normal(spark, training)) {
      for (long mostBytes : LOOK_UPS_AND_JOINS) {
        try (FittedFamily family = fit(SMALL, mostBytes, normal)) {
          assertClose(scores(family, tests(spark, tests)), expected);
        }
      }
    }
  }

  @Test
  void bothWaysGiveEqualScoresForLongTraces(SparkSession spark) throws IOException {
    int[][] tests = {
      new Random(5).ints(20_000, 0, 9).toArray(), new Random(6).ints(3, 0, 9).toArray()
    };
    try (NormalTraces normal = normal(spark, random(4, 9, 400));
        FittedFamily lookUps = fit(NGramSettings.DEFAULT, LOOK_UPS_AND_JOINS[0], normal);
        FittedFamily joins = fit(NGramSettings.DEFAULT, LOOK_UPS_AND_JOINS[1], normal)) {
      assertThat(scores(joins, tests(spark, tests)))
          .isDeepEqualTo(scores(lookUps, tests(spark, tests)));
    }
  }

  @Test
  void normalTracesAreScoredByTheOtherFolds(SparkSession spark) throws IOException {
    int[][] training = random(3, 14, 50);
    training[8] = training[2];
    training[11] = calls(77, 1, 1);
    try (NormalTraces normal = normal(spark, training)) {
      Map<String, double[]> expected = new HashMap<>();
      List<Row> traces = normal.traces().collectAsList();
      assertThat(traces).extracting(row -> row.<Integer>getAs("fold")).contains(0, 1, 2);
      for (Row trace : traces) {
        NaiveNGrams others = naive(training);
        for (Row other : traces) {
          for (long i = 0; i < copies(trace, other); i++) {
            others.add(callsOf(other));
          }
        }
        expected.put(key(trace), others.scores(callsOf(trace)));
      }
      for (long mostBytes : LOOK_UPS_AND_JOINS) {
        Dataset<Row> calibrated = new NGramFamily(SMALL, mostBytes).calibrate(normal);

        assertThat(calibrated.columns())
            .containsExactly("content", "ngram-window", "ngram-ratio", "ngram-ratio-end");
        List<Row> rows = calibrated.collectAsList();
        assertThat(rows).hasSameSizeAs(traces);
        assertThat(rows)
            .allSatisfy(
                row ->
                    assertThat(scores(row)).containsExactly(expected.get(key(row)), within(1e-9)));
      }
    }
  }

  /** How often one trace counts for the score of another. */
  private static long copies(Row trace, Row other) {
    return trace.<Integer>getAs("fold").equals(other.<Integer>getAs("fold"))
        ? 0
        : other.<Long>getAs("copies");
  }

  private static String key(Row row) {
    return Arrays.toString(row.<byte[]>getAs("content"));
  }

  private static int[] callsOf(Row row) {
    return row.<Integer>getList(row.fieldIndex("calls")).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static NaiveNGrams naive(int[][] training) {
    return new NaiveNGrams(
        SMALL, (int) Arrays.stream(training).flatMapToInt(Arrays::stream).distinct().count());
  }

  @Test
  void crossFittingIsFittingToTheOtherFolds(SparkSession spark) throws IOException {
    // Each trace holds all calls, so that no fold lacks one.
    int[][] training =
        IntStream.range(0, 12)
            .mapToObj(seed -> new Random(seed).ints(60, 0, 4).toArray())
            .toArray(int[][]::new);
    try (NormalTraces normal = normal(spark, training)) {
      Map<String, double[]> calibrated =
          new NGramFamily(SMALL)
              .calibrate(normal).collectAsList().stream()
                  .collect(Collectors.toMap(NGramFamilyTest::key, NGramFamilyTest::scores));
      List<Row> traces = normal.traces().collectAsList();
      Row trace = traces.get(0);
      int[][] others =
          traces.stream()
              .filter(other -> copies(trace, other) > 0)
              .map(NGramFamilyTest::callsOf)
              .toArray(int[][]::new);

      assertThat(others.length).isBetween(1, 11);
      try (NormalTraces normalOthers = normal(spark, others);
          FittedFamily family = fit(SMALL, LOOK_UPS_AND_JOINS[0], normalOthers)) {
        assertThat(scores(family, tests(spark, callsOf(trace)))[0])
            .isEqualTo(calibrated.get(key(trace)));
      }
    }
  }

  @Test
  void aTraceThatIsAloneHasNoOtherFold(SparkSession spark) throws IOException {
    try (NormalTraces normal = normal(spark, calls(1, 2, 3), calls(1, 2, 3))) {
      for (long mostBytes : LOOK_UPS_AND_JOINS) {
        assertThat(new NGramFamily(SMALL, mostBytes).calibrate(normal).count()).isZero();
      }
    }
  }

  @Test
  void whatWasFittedIsLoadedElsewhere(SparkSession spark) throws IOException {
    Dataset<Row> tests = tests(spark, random(9, 6, 40));
    double[][] expected;
    try (NormalTraces normal = normal(spark, random(8, 6, 40));
        FittedFamily family = new NGramFamily(SMALL).fit(normal, hadoop("here"))) {
      expected = scores(family, tests);
    }
    Files.move(folder.resolve("here"), folder.resolve("elsewhere"));

    try (FittedFamily loaded = NGramFamily.load(spark.newSession(), hadoop("elsewhere"))) {
      assertThat(scores(loaded, tests)).isDeepEqualTo(expected);
    }
  }

  @Test
  void thereMustBeANormalTrace(SparkSession spark) throws IOException {
    try (NormalTraces none = NormalTraces.of(Traces.of(spark, calls(1)).limit(0), 2, 1)) {
      assertThatThrownBy(() -> fit(SMALL, LOOK_UPS_AND_JOINS[0], none))
          .isInstanceOf(UnusableInputException.class)
          .hasMessage(
              "Cannot fit the n-gram detectors: there is no normal trace; give at least one");
    }
  }

  @Test
  void tracesNeedASplit(SparkSession spark) throws IOException {
    try (NormalTraces normal = normal(spark, calls(1, 2));
        FittedFamily family = fit(SMALL, LOOK_UPS_AND_JOINS[0], normal)) {
      assertThatThrownBy(() -> family.score(Traces.of(spark, calls(1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot use these traces: they have no column 'split'");
    }
  }
}
