package syscallanomaly.model.lstm;

/**
 * Rows of numbers within an array.
 *
 * @param start where the first row begins
 * @param stride from the beginning of a row to that of the next
 */
record Rows(float[] values, int start, int stride) {

  /** Rows that follow each other without a gap, from the beginning of an array. */
  static Rows of(float[] values, int width) {
    return new Rows(values, 0, width);
  }

  /** Where a row begins. */
  int row(int index) {
    return start + index * stride;
  }

  /** The same rows from another one on. */
  Rows from(int firstRow) {
    return new Rows(values, row(firstRow), stride);
  }

  /** The same rows from another column on. */
  Rows right(int columns) {
    return new Rows(values, start + columns, stride);
  }
}
