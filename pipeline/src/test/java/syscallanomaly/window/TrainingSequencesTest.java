package syscallanomaly.window;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static syscallanomaly.window.TrainingSequences.MULTIPLICITY;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.vocabulary.Vocabulary;

@ExtendWith(SparkExtension.class)
class TrainingSequencesTest {
  private static final DropIn NO_DROP_IN = new DropIn(false, 10);

  private static TrainingSequences divide(
      Dataset<Row> traces, WindowSettings windows, SequenceSettings settings) {
    WindowCutter cutter = new WindowCutter(Vocabulary.fixed(100), windows);
    return TrainingSequences.of(traces, cutter, settings, 1);
  }

  private static long total(Dataset<Row> windows) {
    return windows.agg(sum(MULTIPLICITY)).head().getLong(0);
  }

  @Test
  void tailHoldsOutTheLastWindowsAsKerasDoes(SparkSession spark) {
    Dataset<Row> traces = Traces.of(spark, Traces.range(1, 20), Traces.range(30, 21));
    TrainingSequences windows =
        divide(
            traces,
            new WindowSettings(2, 0),
            new SequenceSettings(false, NO_DROP_IN, new HoldOut(HoldOut.Rule.TAIL, 0.25)));

    // 19 + 20 windows; 39 * .75 = 29.25.
    assertThat(total(windows.training())).isEqualTo(29);
    assertThat(total(windows.heldOut())).isEqualTo(10);
    assertThat(windows.heldOut().orderBy("index").head().<Integer>getList(1))
        .containsExactly(40, 41);
  }

  @Test
  void traceHoldsOutWholeTraces(SparkSession spark) {
    int[][] many = new int[400][];
    for (int i = 0; i < many.length; i++) {
      many[i] = Traces.calls(1 + i % 90, 2, 3);
    }
    TrainingSequences windows =
        divide(
            Traces.of(spark, many),
            new WindowSettings(3, 0),
            new SequenceSettings(false, NO_DROP_IN, new HoldOut(HoldOut.Rule.TRACE, 0.1)));

    long heldOut = total(windows.heldOut());
    assertThat(heldOut).isBetween(25L, 55L);
    assertThat(total(windows.training())).isEqualTo(400 - heldOut);
  }

  @Test
  void equalTracesStandOnTheSameSideAndOtherTracesChangeNothing(SparkSession spark) {
    int[][] many = new int[200][];
    for (int i = 0; i < many.length; i++) {
      many[i] = Traces.calls(1 + i % 90, 2, 3 + i / 180);
    }
    int[][] rest = Arrays.copyOfRange(many, 7, many.length);

    Set<List<Integer>> heldOut = heldOut(spark, many);

    assertThat(heldOut).hasSizeBetween(10, 35);
    assertThat(heldOut(spark, rest))
        .as("the first traces are rejected, so that the others have other ordinals")
        .isEqualTo(heldOut);
    TrainingSequences divided = byTrace(spark, many, 1);
    assertThat(calls(divided.training(), "sequence"))
        .as("no trace equals a held-out one")
        .doesNotContainAnyElementsOf(calls(divided.heldOut(), "sequence"));
    assertThat(calls(byTrace(spark, many, 2).heldOut(), "sequence"))
        .as("another seed")
        .isNotEqualTo(heldOut);
  }

  @Test
  void someHeldOutTracesHaveNoSayInTheEpoch(SparkSession spark) {
    int[][] many = new int[300][];
    for (int i = 0; i < many.length; i++) {
      many[i] = Traces.calls(1 + i % 90, 2, 3 + i / 90);
    }
    HoldOut halved = new HoldOut(HoldOut.Rule.TRACE, 0.2, 0.5);
    TrainingSequences divided =
        divide(
            Traces.of(spark, many),
            new WindowSettings(3, 0),
            new SequenceSettings(false, NO_DROP_IN, halved));
    Set<List<Integer>> choosing = calls(divided.heldOut(), "sequence");
    Set<List<Integer>> calibrating =
        calls(
            Traces.of(spark, many)
                .where(TrainingSequences.calibrating(Traces.of(spark, many), halved, 1)),
            "calls");

    assertThat(calibrating).hasSizeBetween(15, 45).doesNotContainAnyElementsOf(choosing);
    assertThat(choosing).hasSizeBetween(15, 45);
    assertThat(calls(divided.training(), "sequence"))
        .as("as many are trained on as before")
        .isEqualTo(calls(byTrace(spark, many, 1).training(), "sequence"))
        .doesNotContainAnyElementsOf(calibrating);
    choosing.addAll(calibrating);
    assertThat(choosing).isEqualTo(heldOut(spark, many));
  }

  @Test
  void aTraceThatIsHeldOutAloneChoosesTheEpoch(SparkSession spark) {
    HoldOut halved = new HoldOut(HoldOut.Rule.TRACE, 0.2, 0.9);
    for (int first = 1; first < 60; first++) {
      Dataset<Row> one = Traces.of(spark, Traces.calls(first, 2, 3));
      TrainingSequences divided =
          divide(one, new WindowSettings(3, 0), new SequenceSettings(false, NO_DROP_IN, halved));
      if (divided.training().isEmpty()) {
        assertThat(total(divided.heldOut())).isEqualTo(1);
        assertThat(one.where(TrainingSequences.calibrating(one, halved, 1)).count()).isZero();
        return;
      }
    }
    fail("none of the traces was held out");
  }

  private static Set<List<Integer>> heldOut(SparkSession spark, int[]... traces) {
    return calls(byTrace(spark, traces, 1).heldOut(), "sequence");
  }

  private static TrainingSequences byTrace(SparkSession spark, int[][] traces, long seed) {
    return TrainingSequences.of(
        Traces.of(spark, traces),
        new WindowCutter(Vocabulary.fixed(100), new WindowSettings(3, 0)),
        new SequenceSettings(false, NO_DROP_IN, new HoldOut(HoldOut.Rule.TRACE, 0.2)),
        seed);
  }

  private static Set<List<Integer>> calls(Dataset<Row> rows, String column) {
    return rows.select(column).collectAsList().stream()
        .map(row -> List.copyOf(row.<Integer>getList(0)))
        .collect(Collectors.toSet());
  }

  @Test
  void distinctWindowsCarryTheirMultiplicity(SparkSession spark) {
    TrainingSequences windows =
        divide(
            Traces.of(spark, Traces.calls(1, 2, 1, 2, 1), Traces.calls(8, 9)),
            new WindowSettings(2, 0),
            new SequenceSettings(true, NO_DROP_IN, new HoldOut(HoldOut.Rule.TAIL, 0.1)));

    Map<List<Integer>, Long> multiplicities =
        windows.training().collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row -> List.copyOf(row.<Integer>getList(1)), row -> row.getLong(2)));
    assertThat(multiplicities).isEqualTo(Map.of(List.of(1, 2), 2L, List.of(2, 1), 2L));
  }

  @Test
  void wholeTracesAreNotCutAndEqualOnesMerged(SparkSession spark) {
    int[][] many = new int[400][];
    for (int i = 0; i < many.length; i++) {
      many[i] = Traces.range(1 + i % 90, 1 + i % 10);
    }
    WindowSettings windowSettings = new WindowSettings(5, 0);
    SequenceSettings settings =
        new SequenceSettings(true, NO_DROP_IN, new HoldOut(HoldOut.Rule.TRACE, 0.1));
    Dataset<Row> traces = Traces.of(spark, many);
    TrainingSequences windows =
        TrainingSequences.ofWholeTraces(
            traces, new WindowCutter(Vocabulary.fixed(100), windowSettings), settings, 1);

    assertThat(windows.training().columns()).containsExactly("index", "sequence", "multiplicity");
    assertThat(
            windows.training().orderBy("index").collectAsList().stream()
                .map(row -> row.<Integer>getList(1).size())
                .distinct())
        .as("also traces shorter than a window")
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(windows.training().count() + windows.heldOut().count()).isEqualTo(90);
    assertThat(total(windows.training()) + total(windows.heldOut())).isEqualTo(400);
  }

  @Test
  void tracesAreNotCutToHoldOutATail(SparkSession spark) {
    SequenceSettings settings =
        new SequenceSettings(true, NO_DROP_IN, new HoldOut(HoldOut.Rule.TAIL, 0.1));

    assertThatThrownBy(
            () ->
                TrainingSequences.ofWholeTraces(
                    Traces.of(spark, Traces.calls(1, 2)),
                    new WindowCutter(Vocabulary.fixed(100), new WindowSettings(5, 0)),
                    settings,
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("whole traces cannot be divided by TAIL");
  }

  @Test
  void dropInCountsTheSameCopiesWithAndWithoutDistinctWindows(SparkSession spark) {
    int[] trace = new int[500];
    for (int i = 0; i < trace.length; i++) {
      trace[i] = 1 + i % 3;
    }
    HoldOut holdOut = new HoldOut(HoldOut.Rule.TAIL, 0.02);
    DropIn dropIn = new DropIn(true, 10);
    Dataset<Row> traces = Traces.of(spark, trace);
    TrainingSequences each =
        divide(traces, new WindowSettings(2, 0), new SequenceSettings(false, dropIn, holdOut));
    TrainingSequences distinct =
        divide(traces, new WindowSettings(2, 0), new SequenceSettings(true, dropIn, holdOut));

    assertThat(distinct.training().count()).isEqualTo(3);
    assertThat(total(distinct.training())).isEqualTo(total(each.training()));
    assertThat(total(each.training())).isBetween(2000L, 2900L);
    assertThat(each.training().count()).as("windows of no copy are gone").isLessThan(489);
    assertThat(total(distinct.heldOut())).as("held-out windows have no drop-in").isEqualTo(10);
  }
}
