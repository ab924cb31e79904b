package syscallanomaly.window;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.trace.Split;
import syscallanomaly.vocabulary.Vocabulary;

@ExtendWith(SparkExtension.class)
class WindowCutterTest {
  private static WindowCutter cutter(int length, long limit) {
    return new WindowCutter(Vocabulary.fixed(100), new WindowSettings(length, limit));
  }

  private static List<List<Integer>> windows(Dataset<Row> cut) {
    return cut.select("window").collectAsList().stream()
        .map(row -> List.copyOf(row.<Integer>getList(0)))
        .toList();
  }

  @Test
  void windowsMoveByOneCallAndKnowTheirPlace(SparkSession spark) {
    Dataset<Row> cut =
        cutter(3, 0)
            .cut(Traces.of(spark, Traces.range(1, 5), Traces.range(9, 2), Traces.range(20, 3)))
            .orderBy("index");

    assertThat(windows(cut))
        .containsExactly(List.of(1, 2, 3), List.of(2, 3, 4), List.of(3, 4, 5), List.of(20, 21, 22));
    assertThat(cut.select("index").collectAsList().stream().map(row -> row.getLong(0)).toList())
        .containsExactly(0L, 1L, 2L, 2L << 32);
    assertThat(cut.select("position").collectAsList().stream().map(row -> row.getInt(0)).toList())
        .containsExactly(0, 1, 2, 0);
  }

  @Test
  void shortTracesAreScoredWithPadding(SparkSession spark) {
    Dataset<Row> cut =
        cutter(4, 0)
            .cutPadded(
                TestSplits.labelled(
                    Traces.of(spark, Traces.calls(7, 8), Traces.range(1, 5)), Split.VALIDATION))
            .orderBy("ordinal", "position");

    assertThat(windows(cut))
        .containsExactly(
            List.of(0, 0, 0, 7), List.of(0, 0, 7, 8), List.of(1, 2, 3, 4), List.of(2, 3, 4, 5));
    assertThat(cut.select("position").collectAsList().stream().map(row -> row.getInt(0)).toList())
        .containsExactly(-3, -2, 0, 1);
  }

  @Test
  void callsThatTheVocabularyLacksBecomeUnknown(SparkSession spark) {
    WindowCutter cutter =
        new WindowCutter(Vocabulary.observed(Traces.calls(5, 6)), new WindowSettings(2, 0));

    assertThat(windows(cutter.cut(Traces.of(spark, Traces.calls(5, 9, 6)))))
        .containsExactly(List.of(1, 0), List.of(0, 2));
  }

  @Test
  void limitKeepsTheTraceThatPassesIt(SparkSession spark) {
    Dataset<Row> traces =
        Traces.of(spark, Traces.range(1, 6), Traces.range(1, 6), Traces.range(1, 6));

    // Four windows a trace of six calls: the second trace brings the total past 4, not to it.
    assertThat(cutter(3, 3).withinLimit(traces).count()).isEqualTo(1);
    assertThat(cutter(3, 4).withinLimit(traces).count()).isEqualTo(2);
    assertThat(cutter(3, 12).withinLimit(traces).count()).isEqualTo(3);
    assertThat(cutter(3, 0).withinLimit(traces).count()).isEqualTo(3);
    assertThat(cutter(7, 0).shorterThanAWindow(traces)).isEqualTo(3);
    assertThat(cutter(6, 0).shorterThanAWindow(traces)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 20, 40})
  void aTraceHasAWindowForEveryCallThatHasEnoughBefore(int length, SparkSession spark) {
    int[][] traces = new int[40][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = Traces.range(1, i + 1);
    }
    Map<Long, Long> windows =
        cutter(length, 0)
            .cut(Traces.of(spark, traces))
            .groupBy("ordinal")
            .count()
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getLong(0), row -> row.getLong(1)));

    for (int i = 0; i < traces.length; i++) {
      assertThat(windows.getOrDefault((long) i, 0L))
          .as("windows of %d calls in a trace of %d", length, i + 1)
          .isEqualTo(Math.max(0, i + 1 - length + 1));
    }
  }

  @Test
  void aTraceIsCutOneWindowAfterTheOther(SparkSession spark) {
    int calls = 2_000_000;
    Dataset<Row> windows = cutter(20, 0).cut(Traces.of(spark, new int[calls]));
    windows.takeAsList(1);

    long before = AllocatedBytes.ofAllThreads();
    windows.takeAsList(1);

    // Reading the trace takes about 80 bytes for each call; all its windows at once took 1,500.
    assertThat(AllocatedBytes.ofAllThreads() - before).isLessThan(150L * calls);
  }

  @Test
  void paddedTracesAreCutOneWindowAfterTheOther(SparkSession spark) {
    int calls = 2_000_000;
    Dataset<Row> windows =
        cutter(20, 0)
            .cutPadded(TestSplits.labelled(Traces.of(spark, new int[calls]), Split.VALIDATION));
    windows.takeAsList(1);

    long before = AllocatedBytes.ofAllThreads();
    windows.takeAsList(1);

    assertThat(AllocatedBytes.ofAllThreads() - before).isLessThan(150L * calls);
  }

  private static final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes that the living threads have allocated on the heap so far. */
    static long ofAllThreads() {
      return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
          .filter(bytes -> bytes > 0)
          .sum();
    }
  }

  private static final class TestSplits {
    static Dataset<Row> labelled(Dataset<Row> traces, Split split) {
      return traces.withColumn("split", lit(split.label()));
    }
  }
}
