package syscallanomaly.trace.sequence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterators;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import syscallanomaly.SparkExtension;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;
import syscallanomaly.trace.format.ParsedTrace;

/**
 * Packing, merging and spilling change nothing: the traces, their names and order, and all counts
 * are those of events that Spark sorts one by one.
 */
class ChunkOrderTest {
  private static final SparkSession SPARK = SparkExtension.session();
  private static final int LARGEST_CALL = 300;
  private static final int EVENTS = 400;

  /** Memory for packing and for merging, in bytes: all in one, small, and too little for two. */
  private static final int[] MEMORY = {1 << 25, 6_000, 1};

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void tracesAreThoseOfEventsThatAreSortedOneByOne(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int tasks,
      @ForAll @IntRange(min = 1, max = 4) int partitions,
      @ForAll @IntRange(max = 2) int packing,
      @ForAll @IntRange(max = 2) int merging) {
    Random random = new Random(seed);
    SequenceSettings settings =
        new SequenceSettings(
            random.nextBoolean(), random.nextInt(2) * 20L, 7, random.nextBoolean(), true);
    Dataset<Row> rows = events(random).rows(SPARK).repartition(tasks).cache();
    try {
      Events.Result expected = new Events.Result(sortedOneByOne(rows, settings));
      Events.Result result =
          new Events.Result(
              EventSequence.of(
                      SPARK,
                      EventSequence.events(rows),
                      settings,
                      LARGEST_CALL,
                      partitions,
                      MEMORY[packing],
                      MEMORY[merging])
                  .collect());

      assertThat(expected.lines()).hasSizeGreaterThan(20);
      assertThat(result.lines()).containsExactlyElementsOf(expected.lines());
      assertThat(result.rejects()).containsExactlyInAnyOrderElementsOf(expected.rejects());
      assertThat(result.counts()).isEqualTo(expected.counts());
      assertThat(origins(result)).containsExactlyElementsOf(origins(expected));
    } finally {
      rows.unpersist(/* blocking= */ true);
    }
  }

  /** The order of events as a sort of single rows states it. */
  private static List<ParsedTrace> sortedOneByOne(Dataset<Row> rows, SequenceSettings settings) {
    Column[] order =
        Stream.of(
                EventColumns.BUCKET,
                EventColumns.STARTED,
                EventColumns.TIME,
                EventColumns.FILE,
                EventColumns.POSITION,
                EventColumns.KIND,
                EventColumns.PROCESS,
                EventColumns.THREAD,
                EventColumns.CALL,
                EventColumns.CREATED,
                EventColumns.TEXT,
                EventColumns.EXECUTABLE,
                EventColumns.FAMILY)
            .map(name -> col(name))
            .toArray(Column[]::new);
    Column bucket =
        xxhash64(
            col(EventColumns.RECORDING),
            col(EventColumns.HOST),
            col(EventColumns.CONTAINER),
            col(EventColumns.OWNER));
    return rows.withColumn(EventColumns.BUCKET, bucket)
        .coalesce(1)
        .sortWithinPartitions(order)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(
            (Iterator<InternalRow> sorted) ->
                new Sequencer(
                    Iterators.transform(sorted, ChunkOrderTest::event), settings, LARGEST_CALL))
        .collect();
  }

  private static Event event(InternalRow row) {
    return new Event().at(row, new EventGroup().at(row.copy()));
  }

  private static List<String> origins(Events.Result result) {
    List<String> origins = new ArrayList<>();
    for (ParsedTrace trace : result.elements()) {
      if (trace.isAccepted()) {
        origins.add(
            String.join(
                " ",
                trace.file(),
                String.valueOf(trace.origin().process()),
                String.valueOf(trace.origin().executable()),
                String.valueOf(trace.family()),
                String.valueOf(trace.origin().started())));
      }
    }
    return origins;
  }

  /** Events of files and tables, many of them at the same time, some of them twice. */
  private static Events events(Random random) {
    Events events = new Events();
    String[] hosts = {"", "web1", "web2"};
    String[] files = {"", "a.log", "b.log"};
    Kind[] kinds = {Kind.CALL, Kind.CALL, Kind.CALL, Kind.RESUMED, Kind.EXEC, Kind.THREAD_END};
    Long[] starts = {null, null, 0L, 5L};
    String[] families = {null, null, "", "", "", "Adduser"};
    for (int i = 0; i < EVENTS; i++) {
      String file = files[random.nextInt(files.length)];
      Kind kind = random.nextInt(15) == 0 ? Kind.PROCESS_END : kinds[random.nextInt(kinds.length)];
      boolean isCall = kind == Kind.CALL || kind == Kind.RESUMED;
      long process = random.nextInt(4);
      long thread = process + random.nextInt(2) * 10L;
      int call = isCall ? random.nextInt(5) : kind == Kind.EXEC ? 11 : -1;
      call = isCall && random.nextInt(40) == 0 ? 301 + random.nextInt(3) : call;
      SystemCallEvent event =
          new SystemCallEvent(
              kind,
              hosts[random.nextInt(hosts.length)],
              random.nextInt(4) == 0 ? "c1" : "",
              process,
              thread,
              starts[random.nextInt(starts.length)],
              random.nextInt(5) == 0 ? "sh" + random.nextInt(3) : null,
              random.nextInt(5) == 0 ? null : Long.valueOf(random.nextInt(EVENTS)),
              call,
              call > LARGEST_CALL ? "call" + random.nextInt(3) : null,
              isCall && random.nextInt(6) == 0 ? Long.valueOf(random.nextInt(12)) : null);
      long owner = random.nextInt(4) == 0 ? EventColumns.FOUND_OUT : process;
      String family = families[random.nextInt(families.length)];
      int times = random.nextInt(10) == 0 ? 2 : 1;
      for (int n = 0; n < times; n++) {
        // A table has no files, and the same number may stand for several events.
        long position = file.isEmpty() ? random.nextInt(2) : random.nextInt(EVENTS);
        events.row(EventColumns.event(event, file, owner, file, position, family));
      }
    }
    for (int i = 0; i < 10; i++) {
      String file = files[random.nextInt(files.length)];
      events.row(EventColumns.lines(EventColumns.REJECTED, file, 0, "no call " + i % 3, 1 + i % 2));
      events.row(EventColumns.lines(EventColumns.IGNORED, "a.log", 0, "signal", 2));
    }
    return events;
  }
}
