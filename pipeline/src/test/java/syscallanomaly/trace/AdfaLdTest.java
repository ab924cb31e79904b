package syscallanomaly.trace;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
@Tag("adfa-ld")
class AdfaLdTest {
  private static final Path ZIP = Path.of("../../shared/data/ADFA-LD.zip");
  private static final Column LENGTH = size(col(TraceColumns.CALLS));

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession session) {
    assumeTrue(Files.exists(ZIP), "ADFA-LD is not at " + ZIP.toAbsolutePath());
    spark = session;
  }

  @ParameterizedTest
  @CsvSource({
    "TRAINING,    833,  308077, 79, 2948, 150, 340",
    "VALIDATION, 4372, 2122085, 77, 4494, 169, 340",
    "ATTACK,      746,  317388, 75, 2712,  90, 340",
  })
  void everySplitHasItsKnownSize(
      Split split, long traces, long calls, int shortest, int longest, long distinct, int most) {
    TraceSet set = read(split);
    set.requireUsable();
    assertThat(set.rejected()).isZero();
    Dataset<Row> rows = set.traces();
    assertThat(rows.agg(count(lit(1)), sum(LENGTH), min(LENGTH), max(LENGTH)).first())
        .hasToString("[%d,%d,%d,%d]", traces, calls, shortest, longest);
    Dataset<Row> seen = rows.select(explode(col(TraceColumns.CALLS)).as("call")).distinct();
    assertThat(seen.count()).isEqualTo(distinct);
    assertThat(seen.agg(max("call")).first().getInt(0)).isEqualTo(most);
  }

  @Test
  void familiesHaveTheirKnownSizes() {
    List<String> families =
        read(Split.ATTACK)
            .traces()
            .groupBy(TraceColumns.FAMILY)
            .count()
            .orderBy(TraceColumns.FAMILY)
            .collectAsList()
            .stream()
            .map(Row::mkString)
            .toList();
    assertThat(families)
        .containsExactly(
            "Adduser91",
            "Hydra_FTP162",
            "Hydra_SSH176",
            "Java_Meterpreter124",
            "Meterpreter75",
            "Web_Shell118");
  }

  /** The notebook stops after the trace that passes 20,000 windows; it printed these two sums. */
  @ParameterizedTest
  @CsvSource({"TRAINING, 72, 20298", "VALIDATION, 56, 21238"})
  void fileNameOrderGivesTheWindowsOfTheNotebook(Split split, int traces, long windows) {
    Dataset<Row> rows = read(split).traces();
    assertThat(windowsOfTheFirst(traces, rows)).isEqualTo(windows);
    assertThat(windowsOfTheFirst(traces - 1, rows)).isLessThanOrEqualTo(20_000);
  }

  private static long windowsOfTheFirst(int traces, Dataset<Row> rows) {
    return rows.where(col(TraceColumns.ORDINAL).lt(traces))
        .agg(sum(LENGTH.minus(19)))
        .first()
        .getLong(0);
  }

  private TraceSet read(Split split) {
    TraceSettings settings =
        new TraceSettings(
            "adfa-ld",
            ZIP.toString(),
            "Training_Data_Master",
            "Validation_Data_Master",
            "Attack_Data_Master",
            1 << 20,
            0);
    return new TraceReader(spark, settings, 340).read(split);
  }
}
