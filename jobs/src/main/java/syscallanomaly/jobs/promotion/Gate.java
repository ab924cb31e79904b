package syscallanomaly.jobs.promotion;

/**
 * What a gate says of a detector.
 *
 * @param gate name of the gate
 * @param value what was measured; null if it could not be, or is no finite number
 * @param limit largest or smallest value that passes; null if there is none
 * @param passed whether it passes; null if nothing could be measured
 * @param reason what was measured and against what, or why not: one line
 */
record Gate(String gate, Double value, Double limit, Boolean passed, String reason) {

  /** A difference that comes from rounding refuses no detector. */
  private static final double ROUNDING = 1e-9;

  /** A value that must not be above a limit. */
  static Gate atMost(String gate, double value, double limit, String what) {
    return new Gate(
        gate,
        finite(value),
        limit,
        value <= limit + ROUNDING,
        "%s %s, at most %s".formatted(what, Figures.text(value), Figures.text(limit)));
  }

  /** A value that must not be below a limit. */
  static Gate atLeast(String gate, double value, double limit, String what) {
    return new Gate(
        gate,
        finite(value),
        limit,
        value >= limit - ROUNDING,
        "%s %s, at least %s".formatted(what, Figures.text(value), Figures.text(limit)));
  }

  /** The same gate, whose reason says where the limit comes from. */
  Gate than(double current, double margin) {
    return new Gate(
        gate,
        value,
        limit,
        passed,
        "%s (%s of the detector in use, and a margin of %s)"
            .formatted(reason, Figures.text(current), Figures.text(margin)));
  }

  static Gate notMeasured(String gate, String why) {
    return new Gate(gate, null, null, null, "not measured: " + why);
  }

  /** Whether the gate refuses the detector. What is not measured does not. */
  boolean refuses() {
    return Boolean.FALSE.equals(passed);
  }

  boolean isMeasured() {
    return passed != null;
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
