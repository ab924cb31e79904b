package syscallanomaly.model.lstm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of thirteen rows by two vectors. Its 26 sums, two right operands and one left operand take
 * 29 of the 32 vector registers of AVX-512.
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
    FloatVector c0a = FloatVector.zero(SPECIES);
    FloatVector c0b = FloatVector.zero(SPECIES);
    FloatVector c1a = FloatVector.zero(SPECIES);
    FloatVector c1b = FloatVector.zero(SPECIES);
    FloatVector c2a = FloatVector.zero(SPECIES);
    FloatVector c2b = FloatVector.zero(SPECIES);
    FloatVector c3a = FloatVector.zero(SPECIES);
    FloatVector c3b = FloatVector.zero(SPECIES);
    FloatVector c4a = FloatVector.zero(SPECIES);
    FloatVector c4b = FloatVector.zero(SPECIES);
    FloatVector c5a = FloatVector.zero(SPECIES);
    FloatVector c5b = FloatVector.zero(SPECIES);
    FloatVector c6a = FloatVector.zero(SPECIES);
    FloatVector c6b = FloatVector.zero(SPECIES);
    FloatVector c7a = FloatVector.zero(SPECIES);
    FloatVector c7b = FloatVector.zero(SPECIES);
    FloatVector c8a = FloatVector.zero(SPECIES);
    FloatVector c8b = FloatVector.zero(SPECIES);
    FloatVector c9a = FloatVector.zero(SPECIES);
    FloatVector c9b = FloatVector.zero(SPECIES);
    FloatVector c10a = FloatVector.zero(SPECIES);
    FloatVector c10b = FloatVector.zero(SPECIES);
    FloatVector c11a = FloatVector.zero(SPECIES);
    FloatVector c11b = FloatVector.zero(SPECIES);
    FloatVector c12a = FloatVector.zero(SPECIES);
    FloatVector c12b = FloatVector.zero(SPECIES);
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
    FloatVector.fromArray(SPECIES, result, r0).add(c0a).intoArray(result, r0);
    FloatVector.fromArray(SPECIES, result, r0 + LANES).add(c0b).intoArray(result, r0 + LANES);
    FloatVector.fromArray(SPECIES, result, r1).add(c1a).intoArray(result, r1);
    FloatVector.fromArray(SPECIES, result, r1 + LANES).add(c1b).intoArray(result, r1 + LANES);
    FloatVector.fromArray(SPECIES, result, r2).add(c2a).intoArray(result, r2);
    FloatVector.fromArray(SPECIES, result, r2 + LANES).add(c2b).intoArray(result, r2 + LANES);
    FloatVector.fromArray(SPECIES, result, r3).add(c3a).intoArray(result, r3);
    FloatVector.fromArray(SPECIES, result, r3 + LANES).add(c3b).intoArray(result, r3 + LANES);
    FloatVector.fromArray(SPECIES, result, r4).add(c4a).intoArray(result, r4);
    FloatVector.fromArray(SPECIES, result, r4 + LANES).add(c4b).intoArray(result, r4 + LANES);
    FloatVector.fromArray(SPECIES, result, r5).add(c5a).intoArray(result, r5);
    FloatVector.fromArray(SPECIES, result, r5 + LANES).add(c5b).intoArray(result, r5 + LANES);
    FloatVector.fromArray(SPECIES, result, r6).add(c6a).intoArray(result, r6);
    FloatVector.fromArray(SPECIES, result, r6 + LANES).add(c6b).intoArray(result, r6 + LANES);
    FloatVector.fromArray(SPECIES, result, r7).add(c7a).intoArray(result, r7);
    FloatVector.fromArray(SPECIES, result, r7 + LANES).add(c7b).intoArray(result, r7 + LANES);
    FloatVector.fromArray(SPECIES, result, r8).add(c8a).intoArray(result, r8);
    FloatVector.fromArray(SPECIES, result, r8 + LANES).add(c8b).intoArray(result, r8 + LANES);
    FloatVector.fromArray(SPECIES, result, r9).add(c9a).intoArray(result, r9);
    FloatVector.fromArray(SPECIES, result, r9 + LANES).add(c9b).intoArray(result, r9 + LANES);
    FloatVector.fromArray(SPECIES, result, r10).add(c10a).intoArray(result, r10);
    FloatVector.fromArray(SPECIES, result, r10 + LANES).add(c10b).intoArray(result, r10 + LANES);
    FloatVector.fromArray(SPECIES, result, r11).add(c11a).intoArray(result, r11);
    FloatVector.fromArray(SPECIES, result, r11 + LANES).add(c11b).intoArray(result, r11 + LANES);
    FloatVector.fromArray(SPECIES, result, r12).add(c12a).intoArray(result, r12);
    FloatVector.fromArray(SPECIES, result, r12 + LANES).add(c12b).intoArray(result, r12 + LANES);
  }
}
