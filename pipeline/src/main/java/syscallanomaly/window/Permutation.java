package syscallanomaly.window;

import java.io.Serializable;

/**
 * A seeded random permutation of the numbers 0 to n - 1 that needs no memory: any worker can
 * compute the place of any number on its own.
 *
 * <p>A Feistel network of four rounds permutes the numbers below a power of four that is at least
 * n: it splits a number into halves (L, R) and computes in each round
 *
 * <pre>{@code
 * (L, R) = (R, L xor bits(seed + round, R))
 * }</pre>
 *
 * If the result is not below n, the network is applied to it again ("cycle walking"; Black and
 * Rogaway: Ciphers with arbitrary finite domains, CT-RSA 2002). This takes at most four
 * applications on average.
 */
public final class Permutation implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ROUNDS = 4;

  private final long size;
  private final long seed;
  private final int halfBits;

  /**
   * Makes the permutation.
   *
   * @param size n, at least 1 and below 2^62
   * @param seed the same seed and size give the same permutation
   */
  public Permutation(long size, long seed) {
    this.size = size;
    this.seed = seed;
    this.halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(size - 1)) / 2);
  }

  /**
   * Returns the place of a number. Different numbers have different places.
   *
   * @param number from 0 to n - 1
   * @return a place from 0 to n - 1
   */
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
