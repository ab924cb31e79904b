package syscallanomaly.model.lstm;

/**
 * Copies a time step between DL4J's layout, in which the values of one unit for all sequences stand
 * together, and rows, in which the values of one sequence do.
 */
final class TimeSteps {
  /** Columns copied at a time: the lines of memory that they touch stay in the cache. */
  private static final int BLOCK = 16;

  private TimeSteps() {}

  /**
   * @param from {@code columns} times {@code rows} values, those of a column together
   * @param stride between rows of {@code to}
   */
  static void toRows(
      float[] from, int fromStart, int rows, int columns, float[] to, int toStart, int stride) {
    for (int first = 0; first < columns; first += BLOCK) {
      int last = Math.min(columns, first + BLOCK);
      for (int row = 0; row < rows; row++) {
        int source = fromStart + first * rows + row;
        int target = toStart + row * stride;
        for (int column = first; column < last; column++, source += rows) {
          to[target + column] = from[source];
        }
      }
    }
  }

  /** The reverse of {@link #toRows}. */
  static void fromRows(
      float[] from, int fromStart, int stride, int rows, int columns, float[] to, int toStart) {
    for (int first = 0; first < columns; first += BLOCK) {
      int last = Math.min(columns, first + BLOCK);
      for (int row = 0; row < rows; row++) {
        int source = fromStart + row * stride;
        int target = toStart + first * rows + row;
        for (int column = first; column < last; column++, target += rows) {
          to[target] = from[source + column];
        }
      }
    }
  }
}
