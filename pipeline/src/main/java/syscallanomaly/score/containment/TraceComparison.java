package syscallanomaly.score.containment;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/**
 * Compares one trace after another with all references. The formulas stand at {@link
 * ContainmentFamily}.
 *
 * <p>It reads a trace call by call. Its memory does not grow with a trace's length, only with the
 * number of different calls that no reference holds, by two bytes for each. A thread needs a
 * comparison of its own.
 */
final class TraceComparison {
  private static final double TRACE_WEIGHT = 0.1;
  private static final int UNKNOWN = -1;

  private final ReferenceIndex references;
  private final LargestMean nearest;

  /** How often the trace holds each known call, at most {@link LogCounts#MOST}. */
  private final byte[] counts;

  /** The known pairs that the trace holds. */
  private final BitSet pairs = new BitSet();

  private final RoaringBitmap unknownCalls = new RoaringBitmap();
  private final int[] sharedCalls;
  private final int[] sharedPairs;
  private final double[] sharedLogCounts;

  TraceComparison(ReferenceIndex references) {
    this.references = references;
    this.nearest = new LargestMean(references.nearest());
    this.counts = new byte[references.calls().size()];
    this.sharedCalls = new int[references.size()];
    this.sharedPairs = new int[references.size()];
    this.sharedLogCounts = new double[references.size()];
  }

  /**
   * Scores a trace.
   *
   * @param calls calls of the trace, at least one
   * @param fold fold whose references are left out; a negative number leaves none out
   * @return the scores; empty if all references are left out
   */
  Optional<ContainmentScores> scores(int[] calls, int fold) {
    if (!references.hasOther(fold)) {
      return Optional.empty();
    }
    forgetTrace();
    readTrace(calls);
    int distinctCalls = unknownCalls.getCardinality() + shareCalls();
    return Optional.of(
        new ContainmentScores(
            anomaly(fold, callSetSimilarity(distinctCalls)),
            anomaly(fold, number -> sharedLogCounts[number] / references.logCounts(number)),
            (anomaly(fold, number -> share(sharedCalls[number], references.distinctCalls(number)))
                    + anomaly(
                        fold,
                        number -> share(sharedPairs[number], references.distinctPairs(number))))
                / 2));
  }

  /**
   * Finds the reference that a trace is most like.
   *
   * @param calls calls of the trace, at least one
   */
  NearestReference nearest(int[] calls) {
    forgetTrace();
    readTrace(calls);
    IntToDoubleFunction similarity =
        callSetSimilarity(unknownCalls.getCardinality() + shareCalls());
    int nearest =
        IntStream.range(0, references.size())
            .boxed()
            .max(
                Comparator.<Integer>comparingDouble(similarity::applyAsDouble)
                    .thenComparingInt(number -> sharedPairs[number])
                    .thenComparing(Comparator.reverseOrder()))
            .orElseThrow();
    return new NearestReference(
        references.traceId(nearest),
        references.distinctCalls(nearest),
        sharedCalls[nearest],
        references.distinctPairs(nearest),
        sharedPairs[nearest]);
  }

  private void forgetTrace() {
    Arrays.fill(counts, (byte) 0);
    pairs.clear();
    unknownCalls.clear();
    Arrays.fill(sharedCalls, 0);
    Arrays.fill(sharedPairs, 0);
    Arrays.fill(sharedLogCounts, 0);
  }

  private void readTrace(int[] calls) {
    int before = UNKNOWN;
    for (int i = 0; i < calls.length; i++) {
      int place = references.calls().find(calls[i]);
      if (place < 0) {
        unknownCalls.add(calls[i]);
      } else {
        counts[place] = (byte) Math.min(LogCounts.MOST, counts[place] + 1);
        if (before >= 0) {
          sharePair(references.pairs().find(NGrams.pair(calls[i - 1], calls[i])));
        }
      }
      before = place;
    }
  }

  private void sharePair(int place) {
    if (place >= 0 && !pairs.get(place)) {
      pairs.set(place);
      InvertedIndex index = references.pairs();
      for (int i = index.start(place); i < index.end(place); i++) {
        sharedPairs[index.holder(i)]++;
      }
    }
  }

  /** Compares the known calls of the trace with all references, and returns how many there are. */
  private int shareCalls() {
    InvertedIndex index = references.calls();
    int known = 0;
    for (int place = 0; place < counts.length; place++) {
      if (counts[place] > 0) {
        known++;
        for (int i = index.start(place); i < index.end(place); i++) {
          sharedCalls[index.holder(i)]++;
          // The logarithm rises with the count, so the lower count has the lower logarithm.
          sharedLogCounts[index.holder(i)] +=
              LogCounts.of(Math.min(counts[place], references.count(i)));
        }
      }
    }
    return known;
  }

  /** The formula as |X and T| / |T| times a power, so that equal sets give exactly 1. */
  private IntToDoubleFunction callSetSimilarity(double distinctCalls) {
    return number ->
        share(sharedCalls[number], references.distinctCalls(number))
            * Math.pow(references.distinctCalls(number) / distinctCalls, TRACE_WEIGHT);
  }

  /** The share of a reference's n-grams that the trace holds; 0 if the reference has none. */
  private static double share(int shared, int all) {
    return all == 0 ? 0 : (double) shared / all;
  }

  private double anomaly(int fold, IntToDoubleFunction similarity) {
    nearest.clear();
    for (int number = 0; number < references.size(); number++) {
      if (references.fold(number) != fold) {
        nearest.add(similarity.applyAsDouble(number));
      }
    }
    return 1 - nearest.mean();
  }
}
