package syscallanomaly.score;

import java.io.Serializable;
import java.util.List;

/**
 * Says how traces are scored.
 *
 * @param detectors names of the detectors to run: {@code lstm}, {@code stide}
 * @param stideLength number of calls in an n-gram of STIDE, at least 2
 * @param falseAlarmRate largest share of normal traces that may raise an alarm, above 0 and below 1
 * @param batchSize number of windows, or largest number of whole traces, that a worker scores in
 *     one batch, at least 1
 */
public record ScoreSettings(
    List<String> detectors, int stideLength, double falseAlarmRate, int batchSize)
    implements Serializable {}
