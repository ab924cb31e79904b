package syscallanomaly.evaluate;

import java.util.List;
import syscallanomaly.table.Column;

/**
 * What a detector raises when alarms are asked for at a false-alarm rate: a row of the {@code
 * operating_points} table. Its threshold comes from the calibration and from no test trace.
 */
public record OperatingPoint(
    @Column(comment = "Name of the detector, such as lstm or stide.") String detector,
    @Column(comment = Population.COMMENT) Population population,
    @Column(
            comment =
                "Highest false-alarm rate that was asked for: a trace raises an alarm if its p-value"
                    + " is at most this; .01, .05, .1 or .2.")
        double askedFalseAlarmRate,
    @Column(
            comment =
                "Score above which a trace raises an alarm; null if there are too few calibrating"
                    + " traces for any alarm.")
        Double threshold,
    @Column(comment = "Share of the normal traces, 0 to 1, that raise an alarm.")
        double falseAlarmRate,
    @Column(comment = Interval.LOW + "false_alarm_rate" + Interval.TOGETHER)
        Double falseAlarmRateLow,
    @Column(comment = Interval.HIGH + "false_alarm_rate" + Interval.TOGETHER)
        Double falseAlarmRateHigh,
    @Column(
            comment =
                "Share of the attack traces, 0 to 1, that raise an alarm; null if there are none.")
        Double detectionRate,
    @Column(comment = Interval.LOW + "detection_rate" + Interval.TOGETHER) Double detectionRateLow,
    @Column(comment = Interval.HIGH + "detection_rate" + Interval.TOGETHER)
        Double detectionRateHigh) {

  /** The rates that are asked for, in ascending order. */
  public static final List<Double> ASKED = List.of(.01, .05, .1, .2);
}
