package syscallanomaly.score.containment;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** The reference traces as every worker keeps them, numbered from 0. */
final class ReferenceIndex implements Serializable {
  /** Most memory that a distinct call of a reference takes, if no other reference holds it. */
  static final long BYTES_OF_CALL =
      InvertedIndex.BYTES_OF_GRAM + InvertedIndex.BYTES_OF_HOLDER + Byte.BYTES;

  /** Most memory that a distinct pair of a reference takes, if no other reference holds it. */
  static final long BYTES_OF_PAIR = InvertedIndex.BYTES_OF_GRAM + InvertedIndex.BYTES_OF_HOLDER;

  private static final long serialVersionUID = 1L;

  private final int nearest;
  private final InvertedIndex calls;
  private final InvertedIndex pairs;

  /** How often each holder of a call holds it, in the order of the holders. */
  private final byte[] counts;

  private final String[] traceIds;
  private final int[] folds;
  private final int[] distinctCalls;
  private final int[] distinctPairs;
  private final double[] logCounts;

  ReferenceIndex(List<Reference> references, ContainmentSettings settings) {
    this.nearest = settings.nearest(references.size());
    this.traceIds = references.stream().map(Reference::traceId).toArray(String[]::new);
    this.folds = references.stream().mapToInt(Reference::fold).toArray();
    this.distinctCalls = references.stream().mapToInt(trace -> trace.calls().length).toArray();
    this.distinctPairs = references.stream().mapToInt(trace -> trace.pairs().length).toArray();
    this.calls = new InvertedIndex(references.stream().map(Reference::grams).toList());
    this.pairs = new InvertedIndex(references.stream().map(Reference::pairs).toList());
    this.counts = new byte[Arrays.stream(distinctCalls).sum()];
    this.logCounts = new double[folds.length];
    for (int number = 0; number < folds.length; number++) {
      Reference reference = references.get(number);
      for (int i = 0; i < reference.calls().length; i++) {
        int count = reference.counts()[i];
        counts[calls.indexOf(calls.find(reference.calls()[i]), number)] = (byte) count;
        logCounts[number] += LogCounts.of(count);
      }
    }
  }

  /** Number of similarities to references that count in a score, at least 1. */
  int nearest() {
    return nearest;
  }

  /** Number of references. */
  int size() {
    return folds.length;
  }

  /** Finds the references that hold a call. */
  InvertedIndex calls() {
    return calls;
  }

  /** Finds the references that hold a pair of calls, see {@link NGrams#pair}. */
  InvertedIndex pairs() {
    return pairs;
  }

  /**
   * How often a reference holds a call, 1 to {@link LogCounts#MOST}.
   *
   * @param index index of the holder in {@link #calls}
   */
  int count(int index) {
    return counts[index];
  }

  /** The name of a reference. */
  String traceId(int reference) {
    return traceIds[reference];
  }

  /** The fold of a reference. */
  int fold(int reference) {
    return folds[reference];
  }

  /** Whether a reference is of another fold than this one. */
  boolean hasOther(int fold) {
    return Arrays.stream(folds).anyMatch(other -> other != fold);
  }

  /** Number of distinct calls of a reference, at least 1. */
  int distinctCalls(int reference) {
    return distinctCalls[reference];
  }

  /** Number of distinct pairs of neighbouring calls of a reference; 0 if it has a single call. */
  int distinctPairs(int reference) {
    return distinctPairs[reference];
  }

  /** The sum of {@link LogCounts#of} over the calls of a reference, above 0. */
  double logCounts(int reference) {
    return logCounts[reference];
  }
}
