package syscallanomaly.model.lstm;

/**
 * Rows of numbers within an array.
 *
 * @param values the array
 * @param start index of the first number of the first row
 * @param stride distance between the first numbers of two adjacent rows
 */
record Rows(float[] values, int start, int stride) {

  /** Returns rows that follow each other without a gap from the beginning of an array. */
  static Rows of(float[] values, int width) {
    return new Rows(values, 0, width);
  }

  /** Index of the first number of a row. */
  int row(int index) {
    return start + index * stride;
  }

  /** Returns the same rows without those before {@code firstRow}. */
  Rows from(int firstRow) {
    return new Rows(values, row(firstRow), stride);
  }

  /** Returns the same rows without their first {@code columns} columns. */
  Rows right(int columns) {
    return new Rows(values, start + columns, stride);
  }
}
