package syscallanomaly.jobs.configuration;

import java.time.Duration;

/**
 * When a training keeps points from which it can go on.
 *
 * @param interval time between two of them within an epoch; zero: only after epochs
 */
public record CheckpointSettings(Duration interval) {
  private static final double SECONDS_A_MINUTE = 60;
  private static final double NANOS = 1e9;

  static CheckpointSettings ofMinutes(double minutes) {
    return new CheckpointSettings(Duration.ofNanos(Math.round(minutes * SECONDS_A_MINUTE * NANOS)));
  }
}
