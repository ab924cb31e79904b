package syscallanomaly.model.lstm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of eight rows by two vectors, for the few sequences of a small mini-batch. In a higher
 * tile the processor would add up zeros. Its 16 sums are enough to keep the processor busy: it need
 * not wait for an addition to finish before it starts the next.
 */
final class ShortTile implements RegisterTile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 8;

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
  }
}
