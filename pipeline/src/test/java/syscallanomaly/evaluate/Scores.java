package syscallanomaly.evaluate;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** Scores of traces, counted as a ROC curve takes them. */
final class Scores {
  private Scores() {}

  static Map<Double, Long> counts(double... scores) {
    Map<Double, Long> counts = new TreeMap<>();
    Arrays.stream(scores).forEach(score -> counts.merge(score, 1L, Long::sum));
    return counts;
  }

  static Map<Double, Long> counts(Collection<Integer> scores, DoubleUnaryOperator transform) {
    return counts(scores.stream().mapToDouble(score -> transform.applyAsDouble(score)).toArray());
  }

  static Map<Double, Long> counts(Collection<Integer> scores) {
    return counts(scores, score -> score);
  }
}
