package syscallanomaly.score.ngram;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The n-gram detectors as they are defined, with maps of lists: slow and plain. */
final class NaiveNGrams {
  private final NGramSettings settings;
  private final double base;
  private final Map<List<Integer>, Long> counts = new HashMap<>();
  private final Map<List<Integer>, Long> totals = new HashMap<>();
  private final Map<List<Integer>, Set<Integer>> followers = new HashMap<>();
  private final Set<List<Integer>> bigrams = new HashSet<>();

  NaiveNGrams(NGramSettings settings, int distinctCalls) {
    this.settings = settings;
    this.base = 1.0 / (distinctCalls + 1);
  }

  void add(int[] calls) {
    for (int i = 0; i < calls.length; i++) {
      for (int order = 0; order < settings.orders(); order++) {
        List<Integer> context = context(calls, i, order);
        counts.merge(and(context, calls[i]), 1L, Long::sum);
        totals.merge(context, 1L, Long::sum);
        followers.computeIfAbsent(context, key -> new HashSet<>()).add(calls[i]);
      }
      bigrams.add(and(context(calls, i, 1), calls[i]));
    }
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** The scores of a trace in the order of the family's detectors. */
  double[] scores(int[] calls) {
    List<Double> lowest = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < calls.length; i++) {
      List<Double> estimates = new ArrayList<>(List.of(base));
      for (int order = 0; order < settings.orders(); order++) {
        List<Integer> context = context(calls, i, order);
        if (!totals.containsKey(context)) {
          break;
        }
        double count = counts.getOrDefault(and(context, calls[i]), 0L);
        double size = followers.get(context).size();
        estimates.add((count + size * estimates.get(order)) / (totals.get(context) + size));
      }
      double highest = Collections.max(estimates.subList(1, estimates.size()));
      lowest.add(-Math.log(highest));
      ratios.add(Math.log(bigram(calls, i)) - Math.log(estimates.get(estimates.size() - 1)));
    }
    return new double[] {
      lowestMean(lowest),
      lowestMean(ratios),
      mean(ratios.subList(Math.max(0, ratios.size() - settings.last()), ratios.size()))
    };
  }

  private double bigram(int[] calls, int i) {
    double discount = settings.discount();
    long before = bigrams.stream().filter(bigram -> bigram.get(1) == calls[i]).count();
    double unigram =
        (Math.max(before - discount, 0) + discount * followers.get(List.of()).size() * base)
            / bigrams.size();
    List<Integer> context = context(calls, i, 1);
    if (!totals.containsKey(context)) {
      return unigram;
    }
    long count = counts.getOrDefault(and(context, calls[i]), 0L);
    return (Math.max(count - discount, 0) + discount * followers.get(context).size() * unigram)
        / totals.get(context);
  }

  private double lowestMean(List<Double> values) {
    int window = Math.min(settings.window(), values.size());
    return IntStream.rangeClosed(0, values.size() - window)
        .mapToDouble(start -> mean(values.subList(start, start + window)))
        .min()
        .orElseThrow();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static List<Integer> context(int[] calls, int end, int order) {
    return IntStream.range(end - order, end).mapToObj(i -> i < 0 ? -1 : calls[i]).toList();
  }

  private static List<Integer> and(List<Integer> context, int call) {
    List<Integer> gram = new ArrayList<>(context);
    gram.add(call);
    return gram;
  }
}
