package syscallanomaly.trace.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import syscallanomaly.SparkExtension;

/** Neither the order of traces nor their ids depend on the number of tasks. */
class EventOrderTest {
  private static final SparkSession SPARK = SparkExtension.session();

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void tracesDoNotDependOnTheNumberOfPartitions(
      @ForAll @Size(min = 30, max = 60) List<@LongRange(min = 1, max = 12) Long> processes,
      @ForAll @IntRange(min = 2, max = 9) int partitions) {
    Events events = new Events();
    long time = 0;
    for (long process : processes) {
      events.host("host" + process % 3).call(process, time++ / 2, (int) process, 3);
    }
    SequenceSettings settings = new SequenceSettings(false, 10, 4, false, true);
    Events.Result one = events.read(SPARK, settings, 11, 1);
    Events.Result several = events.read(SPARK, settings, 11, partitions);

    assertThat(one.lines()).isNotEmpty();
    assertThat(several.lines()).containsExactlyElementsOf(one.lines());
    assertThat(several.rejects()).containsExactlyElementsOf(one.rejects());
    assertThat(several.counts()).isEqualTo(one.counts());
  }

  @Property(tries = 5)
  void everyPartitionHasANumberThatSparkPutsThere(
      @ForAll @IntRange(min = 1, max = 300) int partitions) {
    int[] found = EventSequence.representatives(partitions);
    assertThat(found).hasSize(partitions).doesNotHaveDuplicates();
    assertThat(
            SPARK
                .range(1)
                .select(functions.lit(found).as("found"))
                .selectExpr("explode(found) AS value")
                .selectExpr("pmod(hash(value), " + partitions + ") AS place")
                .collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactlyElementsOf(IntStream.range(0, partitions).boxed().toList());
  }
}
