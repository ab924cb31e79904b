package syscallanomaly.report;

import java.time.Instant;
import java.util.List;
import syscallanomaly.score.observed.ObservedTrace;

/**
 * Everything that the page about observed traces shows.
 *
 * @param run the run that judged
 * @param detector the fitted detector that it judged with
 * @param traces number of traces that were judged
 * @param calls number of system calls in them
 * @param rejected number of files and traces that could not be used
 * @param falseAlarmRate share of normal traces that may raise an alarm, above 0 and below 1
 * @param alarms what each detector reported; the page is about the first one
 * @param mostAnomalous the traces that the first detector scores highest, the highest first
 * @param configuration the run's configuration as text, with secrets already masked
 * @param input what is to be said of the input, a line each: the format that was found, and what
 *     became of events
 */
public record ObservedData(
    Run run,
    Detector detector,
    long traces,
    long calls,
    long rejected,
    double falseAlarmRate,
    List<Alarms> alarms,
    List<ObservedTrace> mostAnomalous,
    String configuration,
    List<String> input) {

  public ObservedData {
    input = List.copyOf(input);
    alarms = List.copyOf(alarms);
    mostAnomalous = List.copyOf(mostAnomalous);
  }

  /**
   * The run that judged.
   *
   * @param runId name of the run
   * @param finishedAt when it finished
   * @param codeVersion version of this program
   * @param place where it read the traces, with secrets masked
   * @param inputFingerprint digest of the traces that it read
   */
  public record Run(
      String runId,
      Instant finishedAt,
      String codeVersion,
      String place,
      String inputFingerprint) {}

  /**
   * A fitted detector.
   *
   * @param run name of the run that fitted it
   * @param fittedAt when it was fitted
   * @param codeVersion version of the program that fitted it
   * @param normalTraces number of traces that it learned from
   * @param trainingTraces digest of these traces
   */
  public record Detector(
      String run, Instant fittedAt, String codeVersion, long normalTraces, String trainingTraces) {}

  /**
   * What one detector reported.
   *
   * @param basis on how many normal traces its threshold rests
   * @param alarms number of observed traces that it reported
   */
  public record Alarms(AlarmBasis basis, long alarms) {
    /** Name of the detector. */
    public String detector() {
      return basis.detector();
    }
  }
}
