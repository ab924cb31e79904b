package syscallanomaly.model.lstm;

/**
 * The innermost loop of a matrix product. A tile of the result, some rows high and two vectors
 * wide, stays in registers while the loop runs through the inner dimension (Goto and van de Geijn:
 * Anatomy of high-performance matrix multiplication, ACM TOMS 34(3), 2008).
 *
 * <p>Implementations start their sums at zero. After the loop they load the tile from the result
 * and call {@code add} on the loaded vector. The compiler knows the exact class of a loaded vector,
 * but not of a vector that a loop hands on. If it had to store a vector of unknown class, it would
 * sometimes allocate an object for each of them: one start of Java in ten was then ten times
 * slower.
 */
interface RegisterTile {
  /** Number of rows of the tile. */
  int rows();

  /**
   * Adds a product of two panels to a tile of the result.
   *
   * @param left holds the left panel: {@link #rows} rows, stored column by column
   * @param leftStart index of the left panel's first number
   * @param right holds the right panel: as many columns as two vectors have lanes, stored row by
   *     row
   * @param rightStart index of the right panel's first number
   * @param inner number of columns of the left panel and of rows of the right one
   * @param result holds the tile
   * @param start index of the tile's first number
   * @param stride distance between two rows of the result
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
