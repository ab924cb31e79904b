package syscallanomaly.jobs.benchmark.speed;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.window.SequenceKind;

/** Samples of 100 windows or traces with indices 0 to 99, each of them 4 calls long. */
class MeasuredSequencesTest {
  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static Dataset<Row> all() {
    return spark
        .range(100)
        .select(
            col("id").as("index"),
            array_repeat(lit(7), 4).as("sequence"),
            col("id").plus(1).as("multiplicity"));
  }

  private static List<Long> indices(MeasuredSequences sample) {
    return sample.windows().orderBy("index").collectAsList().stream()
        .map(row -> row.<Long>getAs("index"))
        .toList();
  }

  private static long multiplicities(MeasuredSequences sample) {
    return sample.windows().agg(sum("multiplicity")).head().getLong(0);
  }

  @Test
  void aWindowIsOneCall() {
    try (MeasuredSequences sample = MeasuredSequences.of(SequenceKind.WINDOWS, all(), 30, 1)) {
      assertThat(indices(sample)).hasSize(30).doesNotHaveDuplicates();
      assertThat(sample.calls()).isEqualTo(30);
      assertThat(sample.occurrences()).isEqualTo(multiplicities(sample));
    }
  }

  @Test
  void ofATraceEveryCallCounts() {
    try (MeasuredSequences sample = MeasuredSequences.of(SequenceKind.TRACES, all(), 30, 1)) {
      assertThat(indices(sample)).hasSize(8);
      assertThat(sample.calls()).isEqualTo(32);
      assertThat(sample.occurrences()).isEqualTo(4 * multiplicities(sample));
    }
  }

  @Test
  void theSeedDecidesWhichAreDrawn() {
    try (MeasuredSequences sample = MeasuredSequences.of(SequenceKind.WINDOWS, all(), 30, 1);
        MeasuredSequences again = MeasuredSequences.of(SequenceKind.WINDOWS, all(), 30, 1);
        MeasuredSequences other = MeasuredSequences.of(SequenceKind.WINDOWS, all(), 30, 2)) {
      assertThat(indices(sample)).isEqualTo(indices(again)).isNotEqualTo(indices(other));
    }
  }

  @Test
  void allAreTakenWhereThereAreTooFew() {
    try (MeasuredSequences sample =
        MeasuredSequences.of(SequenceKind.TRACES, all(), Long.MAX_VALUE, 1)) {
      assertThat(sample.calls()).isEqualTo(400);
    }
  }

  @Test
  void aSampleOfFewCallsHasATrace() {
    try (MeasuredSequences sample = MeasuredSequences.of(SequenceKind.TRACES, all(), 1, 1)) {
      assertThat(sample.calls()).isEqualTo(4);
    }
  }

  @Test
  void nothingToDrawFromIsUnusableInput() {
    assertThatThrownBy(
            () -> MeasuredSequences.of(SequenceKind.WINDOWS, all().where("index < 0"), 30, 1))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot measure: no training windows; give longer or more traces, or change windows.length");
  }
}
