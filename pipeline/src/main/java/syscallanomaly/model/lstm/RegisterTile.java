package syscallanomaly.model.lstm;

/**
 * The innermost loop of a matrix product: a tile of the result, a few rows by two vectors, stays in
 * registers while the inner dimension runs through (Goto and van de Geijn: Anatomy of
 * high-performance matrix multiplication, 2008).
 *
 * <p>Implementations begin their sums at zero and add the result's tile after the loop, as the
 * receiver of the addition: the compiler knows the exact class of a vector that was loaded, not of
 * one that a loop hands on, and to store one of those it would sometimes make objects of all of
 * them, which took ten times as long in one start of Java out of ten.
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
