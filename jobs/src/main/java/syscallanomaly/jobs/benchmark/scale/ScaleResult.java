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
 * The result of the benchmark of scale.
 *
 * @param codeVersion version of this program
 * @param sparkVersion version of Spark
 * @param largestHeapBytes largest heap that Java may use
 * @param inputFingerprint fingerprint of the configured training traces
 * @param configuration the value of every key, with secrets masked
 * @param multiples one measurement for each multiple, the smallest multiple first
 */
public record ScaleResult(
    String codeVersion,
    String sparkVersion,
    Machine machine,
    long largestHeapBytes,
    String inputFingerprint,
    Map<String, Object> configuration,
    List<ScaleMeasurement> multiples) {
  private static final double MIB = 1 << 20;

  /** Returns everything that was measured, as JSON. */
  public String toJson() {
    return BenchmarkJson.of(this);
  }

  /** Returns a table of time and a table of memory, one row for each multiple and step. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(machine.line("heap of at most %s MiB".formatted(mebibytes(largestHeapBytes))));
    lines.add("");
    lines.add("Time of the steps");
    lines.addAll(time());
    lines.add("");
    lines.add("Most memory of this process meanwhile, MiB");
    lines.addAll(memory());
    return lines;
  }

  private List<String> time() {
    TextTable table =
        new TextTable(
            "times",
            "traces",
            "calls",
            "distinct windows",
            "windows/ MiB",
            "step",
            "seconds",
            "calls/s",
            "time a call, to the multiple above",
            "tasks",
            "shuffled MiB",
            "spilled MiB");
    for (int i = 0; i < multiples.size(); i++) {
      ScaleMeasurement measured = multiples.get(i);
      for (int s = 0; s < measured.steps().size(); s++) {
        StepMeasurement step = measured.steps().get(s);
        double rate = measured.calls() / step.seconds();
        table.add(
            cell("%d", measured.multiple()),
            cell("%,d", measured.traces()),
            cell("%,d", measured.calls()),
            cell("%,d", measured.distinctWindows()),
            cell("%.1f", measured.windowsBytes() / MIB),
            step.step().label(),
            cell("%.1f", step.seconds()),
            cell("%,.0f", rate),
            i == 0
                ? UNKNOWN
                : ratio(
                    multiples.get(i - 1).calls() / multiples.get(i - 1).steps().get(s).seconds(),
                    rate),
            cell("%,d", step.tasks()),
            mebibytes(step.shuffledBytes()),
            mebibytes(step.spilledBytes()));
      }
    }
    return table.lines();
  }

  private List<String> memory() {
    TextTable table =
        new TextTable(
            "times",
            "step",
            "heap, after a collection",
            "heap, garbage included",
            "resident",
            "anonymous",
            "to the multiple above",
            "of files",
            "collecting s");
    for (int i = 0; i < multiples.size(); i++) {
      ScaleMeasurement measured = multiples.get(i);
      for (int s = 0; s < measured.steps().size(); s++) {
        StepMeasurement step = measured.steps().get(s);
        boolean known = step.peakResidentBytes() > 0;
        table.add(
            cell("%d", measured.multiple()),
            step.step().label(),
            mebibytes(step.peakLiveBytes()),
            mebibytes(step.peakHeapBytes()),
            known ? mebibytes(step.peakResidentBytes()) : UNKNOWN,
            known ? mebibytes(step.peakAnonymousBytes()) : UNKNOWN,
            known && i > 0
                ? ratio(
                    (double) step.peakAnonymousBytes(),
                    (double) multiples.get(i - 1).steps().get(s).peakAnonymousBytes())
                : UNKNOWN,
            known ? mebibytes(step.peakFileBytes()) : UNKNOWN,
            cell("%.1f", step.collectionSeconds()));
      }
    }
    return table.lines();
  }

  private static String ratio(double value, double reference) {
    return cell("%.2f", value / reference);
  }
}
