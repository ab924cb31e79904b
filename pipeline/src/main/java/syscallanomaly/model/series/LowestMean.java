package syscallanomaly.model.series;

/**
 * The lowest mean of any consecutive values of a series, however long the series is.
 *
 * <pre>{@code
 * LowestMean lowest = new LowestMean(100);
 * for (double surprise : trace) {
 *   lowest.add(surprise);
 * }
 * double score = lowest.value();
 * }</pre>
 */
public final class LowestMean {
  private final MovingMean mean;
  private double lowest = Double.POSITIVE_INFINITY;

  /**
   * @param window number of consecutive values that a mean is taken of, at least 1
   */
  public LowestMean(int window) {
    this.mean = new MovingMean(window);
  }

  /** Adds the next value of the series, in constant time on average. */
  public void add(double value) {
    mean.add(value);
    if (mean.isFull()) {
      lowest = Math.min(lowest, mean.value());
    }
  }

  /**
   * The lowest mean of consecutive values, or the mean of all values if there are fewer than the
   * window has; NaN if one of the values is.
   *
   * @throws IllegalStateException if no value was added
   */
  public double value() {
    return mean.isFull() ? lowest : mean.value();
  }
}
