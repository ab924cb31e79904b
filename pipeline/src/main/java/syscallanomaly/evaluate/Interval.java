package syscallanomaly.evaluate;

import java.util.Arrays;

/**
 * An interval that holds the central 95 % of a figure's resamples.
 *
 * @param low the 2.5 % quantile; null if the traces are too alike to resample
 * @param high the 97.5 % quantile; null if {@code low} is
 */
record Interval(Double low, Double high) {
  /** Begins the comment of a column with a lower end; the figure follows. */
  static final String LOW = "Lower end of the 95 % bootstrap interval of ";

  /** Begins the comment of a column with an upper end; the figure follows. */
  static final String HIGH = "Upper end of the 95 % bootstrap interval of ";

  /** Ends the comment of a column with an end of an interval. */
  static final String TOGETHER =
      "; equal normal traces are resampled together, and attack traces by folder; null if one"
          + " content or one folder is all there is.";

  /** There is no interval. */
  static final Interval NONE = new Interval(null, null);

  private static final double TAIL = 0.025;

  /**
   * Takes the interval from a figure's resamples.
   *
   * @param resamples the figure of each resample; NaN where a resample has none
   * @param shift is added to both ends
   * @param lowest lowest possible value of the figure
   */
  static Interval of(double[] resamples, double shift, double lowest) {
    double[] sorted =
        Arrays.stream(resamples).filter(value -> !Double.isNaN(value)).sorted().toArray();
    return sorted.length == 0
        ? NONE
        : new Interval(
            within(lowest, quantile(sorted, TAIL) + shift),
            within(lowest, quantile(sorted, 1 - TAIL) + shift));
  }

  private static double within(double lowest, double value) {
    return Math.max(lowest, Math.min(1, value));
  }

  /** Interpolates linearly between the two nearest order statistics. */
  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
