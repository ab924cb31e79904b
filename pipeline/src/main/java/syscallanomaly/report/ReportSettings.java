package syscallanomaly.report;

/**
 * How figures are shown.
 *
 * @param tracesADay number of normal traces a day, at least 1, for which false alarms a day are
 *     given
 */
public record ReportSettings(long tracesADay) {
  /** The number of false alarms a day at a false-alarm rate, 0 to 1. */
  public double falseAlarmsADay(double falseAlarmRate) {
    return falseAlarmRate * tracesADay;
  }
}
