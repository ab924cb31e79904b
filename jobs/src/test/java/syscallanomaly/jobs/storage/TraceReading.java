package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceReader;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.TraceSettings;

/** Training traces as a Spark on this machine reads them. */
final class TraceReading implements AutoCloseable {
  private static final long MOST_LISTINGS = 12;
  private static final long MOST_CALLS_OF_A_LISTING = 20;
  private static final int MOST_PARTITIONS = 8;

  private final SparkSession spark;

  private TraceReading(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Starts Spark.
   *
   * @param options of Spark, those of the file system among them
   */
  static TraceReading start(Map<String, String> options) {
    return new TraceReading(
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config(new HashMap<>(options))
            .getOrCreate());
  }

  /** Lists the training traces in a folder. */
  TraceSet list(String place) {
    return new TraceReader(
            spark,
            new TraceSettings("adfa-ld", "", place, "none", "", 1 << 20, 0.01),
            Integer.MAX_VALUE)
        .read(Split.TRAINING);
  }

  /**
   * Requires that files of a trace each, in one folder, are listed by the page, become few
   * partitions and are opened once each, and asked for nothing else, however often they are used.
   *
   * @param takeCounts what was asked of the file system since it was last called, by kind
   * @param listing the kind that lists
   * @param opening the kind that opens
   */
  void requireAnOpeningEach(
      String place,
      long files,
      Supplier<Map<String, Long>> takeCounts,
      String listing,
      String opening) {
    TraceSet traces = list(place);
    Map<String, Long> whenListed = takeCounts.get();
    assertThat(whenListed.get(listing)).isBetween(1L, MOST_LISTINGS);
    assertThat(whenListed.values().stream().mapToLong(Long::longValue).sum())
        .as("all of %s", whenListed)
        .isLessThan(MOST_CALLS_OF_A_LISTING);

    assertThat(traces.rejected()).isZero();
    assertThat(traces.traces().count()).isEqualTo(files);
    assertThat(traces.traces().selectExpr("sum(size(calls))").first().getLong(0))
        .isGreaterThanOrEqualTo(files);

    Map<String, Long> whenRead = takeCounts.get();
    assertThat(whenRead).containsEntry(opening, files);
    assertThat(whenRead.keySet()).isEqualTo(Set.of(opening));
    assertThat(traces.traces().rdd().getNumPartitions()).isLessThanOrEqualTo(MOST_PARTITIONS);
  }

  @Override
  public void close() {
    spark.close();
  }
}
