package syscallanomaly.trace.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.trace.event.EventCounts;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;
import syscallanomaly.trace.format.ParsedTrace;

/** Events that a test writes down, and the traces that become of them. */
final class Events {
  private final List<Row> rows = new ArrayList<>();
  private String host = "web1";
  private String file = "a.log";
  private boolean manyProcesses;
  private boolean byThread;
  private Long started;
  private long position;
  private String family;

  Events host(String name) {
    host = name;
    return this;
  }

  Events file(String name) {
    file = name;
    position = 0;
    return this;
  }

  Events started(Long nanos) {
    started = nanos;
    return this;
  }

  /** Family of the events from now on; empty for normal ones, null for unknown ones. */
  Events family(String name) {
    family = name;
    return this;
  }

  /** Events that tell only threads. */
  Events ofThreads() {
    manyProcesses = true;
    return this;
  }

  Events byThread() {
    byThread = true;
    return this;
  }

  Events call(long process, Long time, int... calls) {
    for (int call : calls) {
      add(Kind.CALL, process, process, time, call, null, null);
    }
    return this;
  }

  Events ofThread(long process, long thread, long time, int call) {
    return add(Kind.CALL, process, thread, time, call, null, null);
  }

  Events exec(long process, Long time, String executable) {
    return add(Kind.EXEC, process, process, time, 11, executable, null);
  }

  Events resumed(long process, Long time, int call) {
    return add(Kind.RESUMED, process, process, time, call, null, null);
  }

  Events creates(long thread, Long time, long created) {
    return add(Kind.CALL, thread, thread, time, 120, null, created);
  }

  Events end(long process, Long time) {
    return add(Kind.PROCESS_END, process, process, time, -1, null, null);
  }

  Events threadEnd(long process, long thread, Long time) {
    return add(Kind.THREAD_END, process, thread, time, -1, null, null);
  }

  Events lines(int kind, String text, long lines) {
    rows.add(EventColumns.lines(kind, file, 0, text, lines));
    return this;
  }

  private Events add(
      Kind kind, long process, long thread, Long time, int call, String executable, Long created) {
    SystemCallEvent event =
        new SystemCallEvent(
            kind, host, "", process, thread, started, executable, time, call, null, created);
    long owner = byThread ? thread : manyProcesses ? EventColumns.FOUND_OUT : process;
    rows.add(EventColumns.event(event, file, owner, file, position, family));
    position += 10;
    return this;
  }

  Dataset<Row> rows(SparkSession spark) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(rows.size()));
    return spark.createDataFrame(shuffled, EventColumns.schema());
  }

  Result read(SparkSession spark, SequenceSettings settings) {
    return read(spark, settings, Integer.MAX_VALUE, 3);
  }

  Result read(SparkSession spark, SequenceSettings settings, int largestCall, int partitions) {
    return new Result(
        EventSequence.of(
                spark, EventSequence.events(rows(spark)), settings, largestCall, partitions)
            .collect());
  }

  /** Adds a row as it is. */
  Events row(Row row) {
    rows.add(row);
    return this;
  }

  /** The elements that were read. */
  record Result(List<ParsedTrace> elements) {
    /** One line a trace: id and calls. */
    List<String> lines() {
      return elements.stream()
          .filter(ParsedTrace::isAccepted)
          .map(trace -> trace.traceId() + " " + joined(trace.calls()))
          .toList();
    }

    List<String> sorted() {
      return lines().stream().sorted().toList();
    }

    List<String> rejects() {
      return elements.stream()
          .filter(ParsedTrace::isRejected)
          .map(trace -> trace.traceId() + ": " + trace.reason())
          .toList();
    }

    String counts() {
      EventCounts all = new EventCounts();
      elements.stream()
          .filter(element -> element.counts() != null)
          .forEach(element -> all.add(element.counts()));
      return all.text();
    }

    private static String joined(int[] calls) {
      return java.util.Arrays.stream(calls)
          .mapToObj(Integer::toString)
          .collect(Collectors.joining(" "));
    }
  }
}
