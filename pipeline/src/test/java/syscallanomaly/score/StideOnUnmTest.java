package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceReader;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.TraceSettings;

/**
 * The printer spooler of MIT, trained on the first half of its jobs by date (Warrender, Forrest and
 * Pearlmutter: Detecting intrusions using system calls, 1999).
 */
@Tag("slow")
@Tag("unm")
@ExtendWith(SparkExtension.class)
class StideOnUnmTest {
  private static final Path ZIP = Path.of("../../shared/data/UNM.zip");

  @Test
  void stideFindsEveryIntrusionAtOnePercentFalseAlarms(SparkSession spark) {
    assumeTrue(Files.exists(ZIP), "UNM.zip is not at " + ZIP.toAbsolutePath());
    TraceReader reader =
        new TraceReader(
            spark,
            new TraceSettings(
                "unm",
                ZIP + "!/UNM/lpr-mit",
                // Names begin with the seconds since 1970.
                "normal/{..856891}",
                "normal/{856891..}",
                "intrusion",
                16 << 20,
                0.01),
            Integer.MAX_VALUE);
    TraceSet validationSet = reader.read(Split.VALIDATION);
    assertThat(validationSet.rejects().collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getString(1))
                  .endsWith("normal/857428790-sma-03Mar1997-171345-1212.log.int");
              assertThat(row.getString(2)).isEqualTo("is empty");
            });
    Dataset<Row> training = reader.read(Split.TRAINING).traces().cache();
    Dataset<Row> validation = validationSet.traces().cache();
    Dataset<Row> attack = reader.read(Split.ATTACK).traces().cache();
    assertThat(counts(training).get(0)).isEqualTo(1352);
    assertThat(counts(validation).get(0)).isEqualTo(1351);
    assertThat(counts(training.union(validation))).containsExactly(2703L, 2_926_304L, 1741L);
    assertThat(counts(attack)).containsExactly(1001L, 165_248L, 8L);

    StideDetector stide = new StideDetector(training, training.limit(0), 6);
    assertThat(scoredAbove0(stide, validation, Split.VALIDATION)).isEqualTo(15);
    assertThat(scoredAbove0(stide, attack, Split.ATTACK)).isEqualTo(1001);
    List.of(training, validation, attack).forEach(traces -> traces.unpersist());
  }

  /** Number of traces, of calls, and of distinct traces. */
  private static List<Long> counts(Dataset<Row> traces) {
    return List.of(
        traces.count(),
        traces.agg(functions.sum(functions.size(traces.col("calls")))).first().getLong(0),
        traces.select("calls").distinct().count());
  }

  private static long scoredAbove0(StideDetector stide, Dataset<Row> traces, Split split) {
    return stide.score(TestTraces.labelled(traces, split)).where("score > 0").count();
  }
}
