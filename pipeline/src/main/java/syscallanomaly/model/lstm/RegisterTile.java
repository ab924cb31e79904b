package syscallanomaly.model.lstm;

/**
 * The innermost loop of a matrix product: a tile of the result, a few rows by two vectors, stays in
 * registers while the inner dimension runs through (Goto and van de Geijn: Anatomy of
 * high-performance matrix multiplication, 2008).
 */
interface RegisterTile {
  /** Rows of the tile. */
  int rows();

  /**
   * Adds a product to a tile of the result.
   *
   * @param left panel of {@link #rows} rows, stored column by column
   * @param right panel of two vectors' columns, stored row by row
   * @param inner columns of the left panel, rows of the right one
   * @param start of the tile in the result
   * @param stride between rows of the result
   */
  void multiplyAdd(
      float[] left,
      int leftStart,
      float[] right,
      int rightStart,
      int inner,
      float[] result,
      int start,
      int stride);
}
