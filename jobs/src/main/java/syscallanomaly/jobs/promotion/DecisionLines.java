package syscallanomaly.jobs.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what was decided for a terminal: one line for the decision, and one for each gate. */
record DecisionLines(Decision decision) {
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!decision.gates().isEmpty()) {
      lines.add(line("gate", "", "value", "limit", ""));
      decision.gates().forEach(gate -> lines.add(line(gate)));
      lines.add("");
    }
    lines.add(decision.reason());
    return lines;
  }

  private static String line(Gate gate) {
    if (!gate.isMeasured()) {
      return line(
          gate.gate(), "not measured", "-", "-", gate.reason().replaceFirst("^not measured: ", ""));
    }
    return line(
        gate.gate(),
        gate.refuses() ? "refused" : "passed",
        text(gate.value()),
        text(gate.limit()),
        gate.refuses() ? gate.reason() : "");
  }

  private static String text(Double value) {
    return value == null ? "-" : Figures.text(value);
  }

  private static String line(String gate, String state, String value, String limit, String why) {
    return String.format(Locale.ROOT, "%-20s %-12s %10s %10s  %s", gate, state, value, limit, why)
        .stripTrailing();
  }
}
