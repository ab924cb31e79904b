package syscallanomaly.window;

/**
 * Random numbers that depend only on a seed and a position. A draw is the same on every worker and
 * in every order.
 *
 * <p>With the output function mix of SplitMix64 (Steele, Lea and Flood: Fast splittable
 * pseudorandom number generators, OOPSLA 2014) and its constant gamma = 0x9E3779B97F4A7C15, modulo
 * 2^64:
 *
 * <pre>{@code
 * bits(seed, position) = mix(mix(seed + gamma) + position * gamma)
 * }</pre>
 */
public final class RandomHash {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private RandomHash() {}

  /** Returns 64 random bits for a seed and a position. */
  public static long bits(long seed, long position) {
    return mix(mix(seed + GOLDEN_GAMMA) + position * GOLDEN_GAMMA);
  }

  /** Returns a random number from 0 (included) to 1 (excluded). */
  public static double unit(long seed, long position) {
    return (bits(seed, position) >>> 11) * 0x1.0p-53;
  }

  /**
   * Returns a random whole number from 0 to {@code bound - 1}. The probabilities of any two numbers
   * differ by at most 2^-32.
   *
   * @param bound number of possible results, at least 1
   */
  public static int below(int bound, long seed, long position) {
    return (int) (((bits(seed, position) >>> 32) * bound) >>> 32);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
