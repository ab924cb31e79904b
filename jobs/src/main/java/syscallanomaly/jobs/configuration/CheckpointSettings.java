package syscallanomaly.jobs.configuration;

import java.time.Duration;

/**
 * When a training writes checkpoints, from which it can continue after an interruption.
 *
 * @param interval time between two checkpoints within an epoch; zero if there are checkpoints only
 *     after epochs
 */
public record CheckpointSettings(Duration interval) {
  private static final double SECONDS_A_MINUTE = 60;
  private static final double NANOS = 1e9;

  static CheckpointSettings ofMinutes(double minutes) {
    return new CheckpointSettings(Duration.ofNanos(Math.round(minutes * SECONDS_A_MINUTE * NANOS)));
  }
}
