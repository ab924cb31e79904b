package syscallanomaly.window;

/**
 * Random numbers that depend on a seed and a position alone, so that a draw is the same wherever
 * and in whatever order the cluster makes it.
 *
 * <p>Mixing is that of SplitMix64 (Steele, Lea and Flood: Fast splittable pseudorandom number
 * generators, OOPSLA 2014).
 */
public final class RandomHash {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private RandomHash() {}

  /** 64 random bits for a seed and a position. */
  public static long bits(long seed, long position) {
    return mix(mix(seed + GOLDEN_GAMMA) + position * GOLDEN_GAMMA);
  }

  /** A number of 0..1, 1 excluded. */
  public static double unit(long seed, long position) {
    return (bits(seed, position) >>> 11) * 0x1.0p-53;
  }

  /** A whole number of 0..bound - 1, each equally likely up to 2^-32. */
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
