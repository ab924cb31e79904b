package syscallanomaly.train.epoch;

import java.io.Serializable;

/**
 * Deals out consecutive places to parts whose sizes differ by at most one. The first {@code places
 * % parts} parts are the larger ones.
 *
 * @param places number of places, at least 0
 * @param parts number of parts, at least 1
 */
record EvenShares(long places, long parts) implements Serializable {

  /** The part that a place belongs to, from 0. */
  long partOf(long place) {
    long smaller = places / parts;
    long larger = places % parts;
    long inLarger = larger * (smaller + 1);
    return place < inLarger ? place / (smaller + 1) : larger + (place - inLarger) / smaller;
  }

  /** The first place of a part; for the part after the last, the number of places. */
  long firstOf(long part) {
    return part * (places / parts) + Math.min(part, places % parts);
  }

  /** Number of places of a part. */
  long sizeOf(long part) {
    return firstOf(part + 1) - firstOf(part);
  }
}
