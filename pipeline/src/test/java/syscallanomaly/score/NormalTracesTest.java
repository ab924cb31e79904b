package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.Traces.calls;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;

@ExtendWith(SparkExtension.class)
class NormalTracesTest {
  private static final int FOLDS = 3;

  private static int[][] traces(int count, int shift) {
    int[][] traces = new int[count][];
    for (int i = 0; i < count; i++) {
      traces[i] = Traces.range((i + shift) % count, 3);
    }
    return traces;
  }

  private static List<Integer> firstCalls(Dataset<Row> traces) {
    return traces.selectExpr("calls[0]").as(Encoders.INT()).collectAsList();
  }

  /** The fold of each trace, by its first call. */
  private static Map<Integer, Integer> folds(SparkSession spark, long seed, int[]... traces) {
    try (NormalTraces normal = NormalTraces.of(Traces.of(spark, traces), FOLDS, seed)) {
      return normal.traces().selectExpr("calls[0]", "fold").collectAsList().stream()
          .collect(Collectors.toMap(row -> row.getInt(0), row -> row.getInt(1)));
    }
  }

  @Test
  void equalTracesAreOneTraceWithCopies(SparkSession spark) {
    Dataset<Row> training = Traces.of(spark, calls(1, 2), calls(3), calls(1, 2), calls(1, 2));
    try (NormalTraces normal = NormalTraces.of(training, FOLDS, 1)) {
      List<Row> rows =
          normal.traces().select("ordinal", "calls", "copies").orderBy("ordinal").collectAsList();

      assertThat(rows).hasSize(2);
      assertThat(rows.get(0).getList(1)).isEqualTo(List.of(1, 2));
      assertThat(rows.get(0).getLong(2)).isEqualTo(3);
      assertThat(rows.get(1).getLong(0)).isEqualTo(1);
      assertThat(rows.get(1).getLong(2)).isEqualTo(1);
    }
  }

  @Test
  void theyTakeNoneOfSparksMemory(SparkSession spark) {
    try (NormalTraces normal = NormalTraces.of(Traces.of(spark, calls(1, 2)), FOLDS, 1)) {
      assertThat(normal.traces().storageLevel()).isEqualTo(StorageLevel.DISK_ONLY());
    }
  }

  @Test
  void contentAndSeedDecideTheFold(SparkSession spark) {
    Map<Integer, Integer> folds = folds(spark, 1, traces(40, 0));

    assertThat(folds.values()).containsOnly(0, 1, 2);
    assertThat(folds(spark, 1, traces(40, 7))).as("in another order").isEqualTo(folds);
    assertThat(folds(spark, 2, traces(40, 0))).as("with another seed").isNotEqualTo(folds);
    assertThat(folds(spark, 1, Traces.range(5, 3)))
        .as("without the others")
        .isEqualTo(Map.of(5, folds.get(5)));
  }

  @Test
  void blocksHoldNeighboursAndAsManyDistinctTracesEach(SparkSession spark) {
    int[][] traces = {
      calls(7), calls(7), calls(7), calls(1), calls(2), calls(7), calls(3), calls(4), calls(1),
      calls(5)
    };
    try (NormalTraces normal = NormalTraces.inBlocks(Traces.of(spark, traces), FOLDS)) {
      assertThat(
              normal
                  .traces()
                  .select("ordinal", "copies", "fold")
                  .orderBy("ordinal")
                  .collectAsList())
          .extracting(Row::mkString)
          .containsExactly("040", "320", "411", "611", "712", "912");
      assertThat(normal.folds()).isEqualTo(FOLDS);
    }
  }

  @Test
  void fewerTracesThanBlocksLeaveBlocksEmpty(SparkSession spark) {
    try (NormalTraces normal =
        NormalTraces.inBlocks(Traces.of(spark, calls(1), calls(2), calls(1)), FOLDS)) {
      assertThat(normal.traces().select("copies", "fold").orderBy("fold").collectAsList())
          .extracting(Row::mkString)
          .containsExactly("20", "11");
    }
  }

  @Test
  void calibratingTracesAreChosenByContentAndNotByNumber(SparkSession spark) {
    try (NormalTraces normal = NormalTraces.of(Traces.of(spark, traces(40, 0)), FOLDS, 1);
        NormalTraces shifted = NormalTraces.of(Traces.of(spark, traces(40, 7)), FOLDS, 1)) {
      List<Integer> chosen = firstCalls(normal.calibrating(10));

      assertThat(chosen).hasSize(10);
      assertThat(firstCalls(shifted.calibrating(10))).containsExactlyInAnyOrderElementsOf(chosen);
      assertThat(firstCalls(normal.calibrating())).as("few are all chosen").hasSize(40);
    }
  }
}
