package syscallanomaly.score;

import java.io.Serializable;
import java.util.List;

/**
 * How traces are scored.
 *
 * @param detectors names of the detectors to run: {@code lstm}, {@code stide}
 * @param stideLength calls in an n-gram of STIDE, at least 2
 * @param falseAlarmRate share of normal traces that may raise an alarm, above 0 and below 1
 * @param batchSize windows, or at most so many whole traces, that a worker scores at a time, at
 *     least 1
 */
public record ScoreSettings(
    List<String> detectors, int stideLength, double falseAlarmRate, int batchSize)
    implements Serializable {}
