package syscallanomaly.model.lstm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Thirteen rows by two vectors: 26 sums, which with three operands fill the 32 vector registers of
 * AVX-512.
 */
final class WideTile implements RegisterTile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 13;

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public void multiplyAdd(
      float[] left,
      int leftStart,
      float[] right,
      int rightStart,
      int inner,
      float[] result,
      int start,
      int stride) {
    int r0 = start;
    int r1 = start + stride;
    int r2 = start + 2 * stride;
    int r3 = start + 3 * stride;
    int r4 = start + 4 * stride;
    int r5 = start + 5 * stride;
    int r6 = start + 6 * stride;
    int r7 = start + 7 * stride;
    int r8 = start + 8 * stride;
    int r9 = start + 9 * stride;
    int r10 = start + 10 * stride;
    int r11 = start + 11 * stride;
    int r12 = start + 12 * stride;
    FloatVector c0a = FloatVector.fromArray(SPECIES, result, r0);
    FloatVector c0b = FloatVector.fromArray(SPECIES, result, r0 + LANES);
    FloatVector c1a = FloatVector.fromArray(SPECIES, result, r1);
    FloatVector c1b = FloatVector.fromArray(SPECIES, result, r1 + LANES);
    FloatVector c2a = FloatVector.fromArray(SPECIES, result, r2);
    FloatVector c2b = FloatVector.fromArray(SPECIES, result, r2 + LANES);
    FloatVector c3a = FloatVector.fromArray(SPECIES, result, r3);
    FloatVector c3b = FloatVector.fromArray(SPECIES, result, r3 + LANES);
    FloatVector c4a = FloatVector.fromArray(SPECIES, result, r4);
    FloatVector c4b = FloatVector.fromArray(SPECIES, result, r4 + LANES);
    FloatVector c5a = FloatVector.fromArray(SPECIES, result, r5);
    FloatVector c5b = FloatVector.fromArray(SPECIES, result, r5 + LANES);
    FloatVector c6a = FloatVector.fromArray(SPECIES, result, r6);
    FloatVector c6b = FloatVector.fromArray(SPECIES, result, r6 + LANES);
    FloatVector c7a = FloatVector.fromArray(SPECIES, result, r7);
    FloatVector c7b = FloatVector.fromArray(SPECIES, result, r7 + LANES);
    FloatVector c8a = FloatVector.fromArray(SPECIES, result, r8);
    FloatVector c8b = FloatVector.fromArray(SPECIES, result, r8 + LANES);
    FloatVector c9a = FloatVector.fromArray(SPECIES, result, r9);
    FloatVector c9b = FloatVector.fromArray(SPECIES, result, r9 + LANES);
    FloatVector c10a = FloatVector.fromArray(SPECIES, result, r10);
    FloatVector c10b = FloatVector.fromArray(SPECIES, result, r10 + LANES);
    FloatVector c11a = FloatVector.fromArray(SPECIES, result, r11);
    FloatVector c11b = FloatVector.fromArray(SPECIES, result, r11 + LANES);
    FloatVector c12a = FloatVector.fromArray(SPECIES, result, r12);
    FloatVector c12b = FloatVector.fromArray(SPECIES, result, r12 + LANES);
    int l = leftStart;
    int b = rightStart;
    for (int k = 0; k < inner; k++, l += ROWS, b += 2 * LANES) {
      FloatVector ba = FloatVector.fromArray(SPECIES, right, b);
      FloatVector bb = FloatVector.fromArray(SPECIES, right, b + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, left[l]);
      c0a = a0.fma(ba, c0a);
      c0b = a0.fma(bb, c0b);
      FloatVector a1 = FloatVector.broadcast(SPECIES, left[l + 1]);
      c1a = a1.fma(ba, c1a);
      c1b = a1.fma(bb, c1b);
      FloatVector a2 = FloatVector.broadcast(SPECIES, left[l + 2]);
      c2a = a2.fma(ba, c2a);
      c2b = a2.fma(bb, c2b);
      FloatVector a3 = FloatVector.broadcast(SPECIES, left[l + 3]);
      c3a = a3.fma(ba, c3a);
      c3b = a3.fma(bb, c3b);
      FloatVector a4 = FloatVector.broadcast(SPECIES, left[l + 4]);
      c4a = a4.fma(ba, c4a);
      c4b = a4.fma(bb, c4b);
      FloatVector a5 = FloatVector.broadcast(SPECIES, left[l + 5]);
      c5a = a5.fma(ba, c5a);
      c5b = a5.fma(bb, c5b);
      FloatVector a6 = FloatVector.broadcast(SPECIES, left[l + 6]);
      c6a = a6.fma(ba, c6a);
      c6b = a6.fma(bb, c6b);
      FloatVector a7 = FloatVector.broadcast(SPECIES, left[l + 7]);
      c7a = a7.fma(ba, c7a);
      c7b = a7.fma(bb, c7b);
      FloatVector a8 = FloatVector.broadcast(SPECIES, left[l + 8]);
      c8a = a8.fma(ba, c8a);
      c8b = a8.fma(bb, c8b);
      FloatVector a9 = FloatVector.broadcast(SPECIES, left[l + 9]);
      c9a = a9.fma(ba, c9a);
      c9b = a9.fma(bb, c9b);
      FloatVector a10 = FloatVector.broadcast(SPECIES, left[l + 10]);
      c10a = a10.fma(ba, c10a);
      c10b = a10.fma(bb, c10b);
      FloatVector a11 = FloatVector.broadcast(SPECIES, left[l + 11]);
      c11a = a11.fma(ba, c11a);
      c11b = a11.fma(bb, c11b);
      FloatVector a12 = FloatVector.broadcast(SPECIES, left[l + 12]);
      c12a = a12.fma(ba, c12a);
      c12b = a12.fma(bb, c12b);
    }
    c0a.intoArray(result, r0);
    c0b.intoArray(result, r0 + LANES);
    c1a.intoArray(result, r1);
    c1b.intoArray(result, r1 + LANES);
    c2a.intoArray(result, r2);
    c2b.intoArray(result, r2 + LANES);
    c3a.intoArray(result, r3);
    c3b.intoArray(result, r3 + LANES);
    c4a.intoArray(result, r4);
    c4b.intoArray(result, r4 + LANES);
    c5a.intoArray(result, r5);
    c5b.intoArray(result, r5 + LANES);
    c6a.intoArray(result, r6);
    c6b.intoArray(result, r6 + LANES);
    c7a.intoArray(result, r7);
    c7b.intoArray(result, r7 + LANES);
    c8a.intoArray(result, r8);
    c8b.intoArray(result, r8 + LANES);
    c9a.intoArray(result, r9);
    c9b.intoArray(result, r9 + LANES);
    c10a.intoArray(result, r10);
    c10b.intoArray(result, r10 + LANES);
    c11a.intoArray(result, r11);
    c11b.intoArray(result, r11 + LANES);
    c12a.intoArray(result, r12);
    c12b.intoArray(result, r12 + LANES);
  }
}
