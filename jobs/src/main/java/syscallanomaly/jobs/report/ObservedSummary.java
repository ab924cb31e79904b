package syscallanomaly.jobs.report;

import java.util.Locale;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Summary;
import syscallanomaly.report.AlarmBasis;
import syscallanomaly.report.ObservedData;
import syscallanomaly.report.PValues;
import syscallanomaly.score.observed.ObservedTrace;
import syscallanomaly.trace.VisibleText;

/** Writes the lines about observed traces that a run shows on the terminal when it ends. */
public final class ObservedSummary {
  private static final int TRACES = 5;

  private ObservedSummary() {}

  /**
   * Adds the lines to a summary, and how many traces raised an alarm to its figures.
   *
   * @param summary receives the lines
   * @param data what the page shows
   * @param folder the folder of the run
   */
  public static void add(Summary summary, ObservedData data, RunFolder folder) {
    summary.add(
        line(
            "%-11s %,d traces, %,d calls, %,d rejected",
            "observed", data.traces(), data.calls(), data.rejected()));
    summary.add(
        line(
            "%-11s fitted by run %s to %,d normal traces at %s",
            "detector",
            data.detector().run(),
            data.detector().normalTraces(),
            data.detector().fittedAt()));
    ObservedData.Alarms first = data.alarms().get(0);
    summary.add(alarms(first, data.traces()));
    summary.figure("detector", first.detector());
    summary.figure("traces", data.traces());
    summary.figure("rejected", data.rejected());
    if (first.basis().allowsAlarms() && data.traces() > 0) {
      summary.figure("alarms", first.alarms());
      summary.figure("alarm_rate", (double) first.alarms() / data.traces());
    }
    data.mostAnomalous().stream()
        .limit(TRACES)
        .forEach(trace -> summary.add(trace(trace, first.basis().heldOut())));
    summary.add(line("%-11s %s", "report", folder.report()));
  }

  private static String alarms(ObservedData.Alarms first, long traces) {
    AlarmBasis basis = first.basis();
    return basis.allowsAlarms()
        ? line(
            "%-11s %s on %,d of %,d traces, at a false-alarm rate of %s",
            "alarms", first.detector(), first.alarms(), traces, basis.falseAlarmRate())
        : line(
            "%-11s none is possible: %,d normal traces calibrate %s, and a false-alarm rate of %s needs %,d; raise scoring.false-alarm-rate, or use a detector that was fitted to more traces",
            "alarms", basis.heldOut(), basis.detector(), basis.falseAlarmRate(), basis.needed());
  }

  private static String trace(ObservedTrace trace, long normalTraces) {
    return line(
        "%-11s %s%s, score %.3f: %s",
        trace.alarm() ? "alarm" : "no alarm",
        VisibleText.of(trace.traceId()),
        trace.origin().map(origin -> ", " + VisibleText.of(origin.text())).orElse(""),
        trace.score(),
        PValues.inWords(trace.pValue(), normalTraces));
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
