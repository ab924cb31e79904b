package syscallanomaly.window;

import java.io.Serializable;

/**
 * A seeded random order of the numbers 0 to n - 1 that needs no memory: every number's place can be
 * computed on its own, on any worker. A four-round Feistel network over the next power of four,
 * walked until the result is below n (Black and Rogaway: Ciphers with arbitrary finite domains,
 * CT-RSA 2002); at most four steps on average.
 */
public final class Permutation implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ROUNDS = 4;

  private final long size;
  private final long seed;
  private final int halfBits;

  /**
   * @param size n, at least 1 and below 2^62
   */
  public Permutation(long size, long seed) {
    this.size = size;
    this.seed = seed;
    this.halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(size - 1)) / 2);
  }

  /** The place of {@code number}; different numbers have different places, all below n. */
  public long placeOf(long number) {
    long place = number;
    do {
      place = encrypt(place);
    } while (place >= size);
    return place;
  }

  private long encrypt(long value) {
    long mask = (1L << halfBits) - 1;
    long left = value >>> halfBits;
    long right = value & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (RandomHash.bits(seed + round, right) & mask);
      left = right;
      right = next;
    }
    return (left << halfBits) | right;
  }
}
