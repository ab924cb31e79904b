package syscallanomaly.jobs.benchmark.speed;

import static syscallanomaly.jobs.benchmark.TextTable.UNKNOWN;
import static syscallanomaly.jobs.benchmark.TextTable.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import syscallanomaly.jobs.benchmark.TextTable;
import syscallanomaly.model.TimeBreakdown;

/** Writes the result of a benchmark as tables. */
public final class SpeedTables {
  private SpeedTables() {}

  /** Returns the tables of training and scoring, line by line. */
  public static List<String> lines(SpeedResult result) {
    List<String> lines = new ArrayList<>();
    Machine machine = result.machine();
    lines.add(
        machine.line(
            machine.vectorBits() == 0 ? "no vectors" : machine.vectorBits() + "-bit vectors"));
    lines.add(
        cell("Other processes kept %.2f cores busy meanwhile", result.coresOfOtherProcesses()));
    lines.add("");
    lines.add(
        cell(
            "Training, an epoch a measurement; medians of %d, lowest to highest",
            repeats(result.training())));
    lines.addAll(speed(result.training()));
    lines.add("");
    lines.add("Where the time of an epoch goes");
    lines.addAll(computeTime(result.training()));
    lines.add("");
    lines.add("Where the time of an averaging round goes");
    lines.addAll(roundTime(result.training()));
    lines.add("");
    lines.add(cell("Scoring; medians of %d, lowest to highest", repeats(result.scoring())));
    lines.addAll(speed(result.scoring()));
    lines.add("");
    lines.add("Where the time of scoring goes");
    lines.addAll(computeTime(result.scoring()));
    return lines;
  }

  private static int repeats(List<Measurement> measurements) {
    return measurements.get(0).repeats().size();
  }

  private static List<String> speed(List<Measurement> measurements) {
    TextTable table =
        new TextTable(
            "variant",
            "workers",
            "calls",
            "calls/s",
            "",
            "with multiplicity/s",
            "loss",
            "to the first",
            "to one worker");
    Measurement first = measurements.get(0);
    for (Measurement measured : measurements) {
      table.add(
          measured.variant(),
          cell("%d", measured.workers()),
          whole(measured.median(Repeat::calls)),
          whole(measured.callsPerSecond()),
          range(measured),
          whole(measured.occurrencesPerSecond()),
          cell("%.3f", measured.median(Repeat::loss)),
          ratio(measured.occurrencesPerSecond(), first.occurrencesPerSecond()),
          withOneWorker(measured, measurements)
              .map(one -> ratio(measured.callsPerSecond(), one.callsPerSecond()))
              .orElse(UNKNOWN));
    }
    return table.lines();
  }

  private static List<String> computeTime(List<Measurement> measurements) {
    TextTable table =
        new TextTable(
            "variant",
            "workers",
            "outside workers' compute",
            "compute in products",
            "calls/s if there were only products");
    for (Measurement measured : measurements.stream().filter(Measurement::knowsCompute).toList()) {
      int workers = measured.workers();
      boolean known = measured.knowsProducts();
      table.add(
          measured.variant(),
          cell("%d", workers),
          share(measured.median(repeat -> repeat.overhead(workers))),
          known ? share(measured.median(Repeat::productShare)) : UNKNOWN,
          known ? whole(measured.median(repeat -> repeat.limit(workers))) : UNKNOWN);
    }
    return table.lines();
  }

  private static List<String> roundTime(List<Measurement> measurements) {
    TextTable table =
        new TextTable(
            "variant",
            "workers",
            "rounds",
            "ms a round",
            "slowest worker's compute",
            "broadcast",
            "aggregate",
            "scheduling, windows, transfer");
    for (Measurement measured : measurements.stream().filter(Measurement::hasRounds).toList()) {
      table.add(
          measured.variant(),
          cell("%d", measured.workers()),
          whole(measured.median(repeat -> repeat.time().rounds())),
          millis(measured, TimeBreakdown::roundSeconds),
          millis(measured, TimeBreakdown::slowestComputeSeconds),
          millis(measured, TimeBreakdown::broadcastSeconds),
          millis(measured, TimeBreakdown::aggregateSeconds),
          millis(measured, TimeBreakdown::otherSeconds));
    }
    return table.lines();
  }

  private static String millis(Measurement measured, ToDoubleFunction<TimeBreakdown> seconds) {
    return cell(
        "%.1f",
        measured.median(
            repeat -> 1e3 * seconds.applyAsDouble(repeat.time()) / repeat.time().rounds()));
  }

  private static Optional<Measurement> withOneWorker(
      Measurement measured, List<Measurement> measurements) {
    return measurements.stream()
        .filter(other -> other.variant().equals(measured.variant()) && other.workers() == 1)
        .findFirst();
  }

  private static String range(Measurement measured) {
    return whole(measured.slowest()) + " to " + whole(measured.fastest());
  }

  private static String whole(double value) {
    return cell("%,.0f", value);
  }

  private static String share(double value) {
    return cell("%.0f %%", 100 * value);
  }

  private static String ratio(double value, double reference) {
    return cell("%.2f", value / reference);
  }
}
