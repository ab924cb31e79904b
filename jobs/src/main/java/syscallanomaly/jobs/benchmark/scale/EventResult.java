package syscallanomaly.jobs.benchmark.scale;

import static syscallanomaly.jobs.benchmark.TextTable.UNKNOWN;
import static syscallanomaly.jobs.benchmark.TextTable.cell;
import static syscallanomaly.jobs.benchmark.TextTable.mebibytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import syscallanomaly.jobs.benchmark.BenchmarkJson;
import syscallanomaly.jobs.benchmark.TextTable;
import syscallanomaly.jobs.benchmark.speed.Machine;

/**
 * The result of the benchmark of events.
 *
 * @param codeVersion version of this program
 * @param sparkVersion version of Spark
 * @param largestHeapBytes largest heap that Java may use
 * @param inputFingerprint fingerprint of the configured training traces
 * @param configuration the value of every key, with secrets masked
 * @param tables one measurement for each table, the smallest first
 */
public record EventResult(
    String codeVersion,
    String sparkVersion,
    Machine machine,
    long largestHeapBytes,
    String inputFingerprint,
    Map<String, Object> configuration,
    List<EventMeasurement> tables) {

  /** Returns everything that was measured, as JSON. */
  public String toJson() {
    return BenchmarkJson.of(this);
  }

  /** Returns a table of time and a table of memory, one row for each table of events. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(machine.line("heap of at most %s MiB".formatted(mebibytes(largestHeapBytes))));
    lines.add("");
    lines.add("Time from a table of events to traces");
    lines.addAll(time());
    lines.add("");
    lines.add("Most memory of this process meanwhile, MiB");
    lines.addAll(memory());
    return lines;
  }

  private List<String> time() {
    TextTable table =
        new TextTable(
            "events",
            "processes",
            "traces",
            "table MiB",
            "seconds",
            "events/s",
            "processor s",
            "processor us an event",
            "tasks",
            "shuffled MiB",
            "spilled MiB");
    for (EventMeasurement measured : tables) {
      table.add(
          cell("%,d", measured.events()),
          cell("%,d", measured.processes()),
          cell("%,d", measured.traces()),
          mebibytes(measured.tableBytes()),
          cell("%.1f", measured.seconds()),
          cell("%,.0f", measured.eventsPerSecond()),
          cell("%.1f", measured.processorSeconds()),
          cell("%.2f", measured.processorMicrosecondsPerEvent()),
          cell("%,d", measured.tasks()),
          mebibytes(measured.shuffledBytes()),
          mebibytes(measured.spilledBytes()));
    }
    return table.lines();
  }

  private List<String> memory() {
    TextTable table =
        new TextTable(
            "events",
            "heap, after a collection",
            "heap, garbage included",
            "resident",
            "collecting s");
    for (EventMeasurement measured : tables) {
      table.add(
          cell("%,d", measured.events()),
          mebibytes(measured.peakLiveBytes()),
          mebibytes(measured.peakHeapBytes()),
          measured.peakResidentBytes() > 0 ? mebibytes(measured.peakResidentBytes()) : UNKNOWN,
          cell("%.1f", measured.collectionSeconds()));
    }
    return table.lines();
  }
}
