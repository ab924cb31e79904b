package syscallanomaly.model.series;

/**
 * The mean of the last values of a series, however long the series is.
 *
 * <p>A mean is a sum of values without any difference, so no error of rounding stays when a value
 * has left the window.
 */
public final class MovingMean {
  /**
   * The window's sums. The series is cut into blocks as long as the window. The first {@link
   * #filled} places hold values of the block that is being filled. Each further place holds the sum
   * of the values of the block before from that place to its end.
   */
  private final double[] block;

  private int filled;
  private double sumOfFilled;
  private boolean full;

  /**
   * @param window number of values that a mean is taken of, at least 1
   */
  public MovingMean(int window) {
    if (window < 1) {
      throw new IllegalArgumentException(
          "Cannot take the mean of the last %d values: a window has at least 1".formatted(window));
    }
    this.block = new double[window];
  }

  /** Adds the next value of the series, in constant time on average. */
  public void add(double value) {
    block[filled++] = value;
    sumOfFilled += value;
    if (filled == block.length) {
      for (int i = block.length - 2; i >= 0; i--) {
        block[i] += block[i + 1];
      }
      filled = 0;
      sumOfFilled = 0;
      full = true;
    }
  }

  /** Whether the series has at least as many values as the window. */
  public boolean isFull() {
    return full;
  }

  /**
   * The mean of the last values, or of all if there are fewer than the window has.
   *
   * @throws IllegalStateException if no value was added
   */
  public double value() {
    if (full) {
      return (block[filled] + sumOfFilled) / block.length;
    }
    if (filled == 0) {
      throw new IllegalStateException("Cannot take a mean: no value was added; add at least one");
    }
    return sumOfFilled / filled;
  }
}
