package syscallanomaly.score.containment;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Finds the reference traces that hold an n-gram. */
final class InvertedIndex implements Serializable {
  /** Memory of a distinct n-gram: its number, and where its holders begin. */
  static final int BYTES_OF_GRAM = Long.BYTES + Integer.BYTES;

  /** Memory of one holder of an n-gram. */
  static final int BYTES_OF_HOLDER = Integer.BYTES;

  private static final long serialVersionUID = 1L;

  /** The distinct n-grams, ascending. The place of an n-gram here stands for it elsewhere. */
  private final long[] grams;

  /** Where the holders of each n-gram begin, and at last where all end. */
  private final int[] starts;

  /** References that hold an n-gram, ascending for each n-gram. */
  private final int[] holders;

  /**
   * @param references the distinct n-grams of each reference; a reference's number is its index
   */
  InvertedIndex(List<long[]> references) {
    this.grams = NGrams.distinct(references.stream().flatMapToLong(Arrays::stream).toArray());
    this.starts = new int[grams.length + 1];
    for (long[] reference : references) {
      for (long gram : reference) {
        starts[find(gram) + 1]++;
      }
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    this.holders = new int[starts[grams.length]];
    int[] next = starts.clone();
    for (int reference = 0; reference < references.size(); reference++) {
      for (long gram : references.get(reference)) {
        holders[next[find(gram)]++] = reference;
      }
    }
  }

  /** Number of distinct n-grams. */
  int size() {
    return grams.length;
  }

  /** The place of an n-gram, from 0; negative if no reference holds it. */
  int find(long gram) {
    return Arrays.binarySearch(grams, gram);
  }

  /** The first index, for {@link #holder}, of the references that hold the n-gram at a place. */
  int start(int place) {
    return starts[place];
  }

  /** The index after the last one of the references that hold the n-gram at a place. */
  int end(int place) {
    return starts[place + 1];
  }

  /** The reference at an index, from 0. */
  int holder(int index) {
    return holders[index];
  }

  /** The index at which a reference stands that holds the n-gram at a place. */
  int indexOf(int place, int reference) {
    return Arrays.binarySearch(holders, start(place), end(place), reference);
  }
}
