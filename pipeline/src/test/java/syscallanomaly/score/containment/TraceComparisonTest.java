package syscallanomaly.score.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import syscallanomaly.Kryo;
import syscallanomaly.Traces;

class TraceComparisonTest {
  private static final int NO_FOLD = -1;

  private static TraceComparison comparison(List<List<Integer>> references, double nearestShare) {
    return new TraceComparison(index(references, nearestShare));
  }

  private static ReferenceIndex index(List<List<Integer>> references, double nearestShare) {
    return new ReferenceIndex(
        IntStream.range(0, references.size())
            .mapToObj(i -> Reference.of("reference-" + i, i % 2, array(references.get(i))))
            .toList(),
        new ContainmentSettings(nearestShare, references.size()));
  }

  private static int[] array(List<Integer> calls) {
    return calls.stream().mapToInt(Integer::intValue).toArray();
  }

  private static ContainmentScores scores(TraceComparison comparison, List<Integer> trace) {
    return comparison.scores(array(trace), NO_FOLD).orElseThrow();
  }

  @Property
  void scoresAreThoseOfTheDefinition(
      @ForAll @Size(min = 1, max = 6)
          List<@Size(min = 1, max = 40) List<@IntRange(max = 5) Integer>> references,
      @ForAll @Size(min = 1, max = 3)
          List<@Size(min = 1, max = 40) List<@IntRange(max = 6) Integer>> traces) {
    TraceComparison comparison = comparison(references, 0.5);
    for (List<Integer> trace : traces) {
      ContainmentScores scores = scores(comparison, trace);
      assertThat(scores.callSet())
          .isCloseTo(naive(references, known -> callSet(trace, known)), within(1e-12));
      assertThat(scores.callCounts())
          .isCloseTo(naive(references, known -> callCounts(trace, known)), within(1e-12));
      assertThat(scores.containment())
          .isCloseTo(
              (naive(references, known -> containment(trace, known, 1))
                      + naive(references, known -> containment(trace, known, 2)))
                  / 2,
              within(1e-12));
    }
  }

  private static double naive(
      List<List<Integer>> references, ToDoubleFunction<List<Integer>> similarity) {
    List<Double> similarities = new ArrayList<>();
    references.forEach(known -> similarities.add(similarity.applyAsDouble(known)));
    similarities.sort(Collections.reverseOrder());
    long nearest = Math.max(1, Math.round(0.5 * references.size()));
    return 1 - similarities.stream().limit(nearest).mapToDouble(s -> s).average().orElseThrow();
  }

  private static double callSet(List<Integer> trace, List<Integer> known) {
    Set<Integer> shared = new HashSet<>(trace);
    shared.retainAll(known);
    return shared.size()
        / (Math.pow(new HashSet<>(known).size(), 0.9) * Math.pow(new HashSet<>(trace).size(), 0.1));
  }

  private static double callCounts(List<Integer> trace, List<Integer> known) {
    Set<Integer> calls = new HashSet<>(known);
    return calls.stream()
            .mapToDouble(call -> Math.min(logCount(trace, call), logCount(known, call)))
            .sum()
        / calls.stream().mapToDouble(call -> logCount(known, call)).sum();
  }

  private static double logCount(List<Integer> trace, int call) {
    return Math.min(4, Math.log(1 + Collections.frequency(trace, call)) / Math.log(2));
  }

  private static double containment(List<Integer> trace, List<Integer> known, int length) {
    Set<List<Integer>> shared = grams(known, length);
    int all = shared.size();
    shared.retainAll(grams(trace, length));
    return all == 0 ? 0 : (double) shared.size() / all;
  }

  private static Set<List<Integer>> grams(List<Integer> trace, int length) {
    Set<List<Integer>> grams = new HashSet<>();
    for (int i = 0; i + length <= trace.size(); i++) {
      grams.add(trace.subList(i, i + length));
    }
    return grams;
  }

  @Property
  void moreCallsNeverRaiseTheScoresThatAskWhatATraceLacks(
      @ForAll @Size(min = 1, max = 6)
          List<@Size(min = 1, max = 20) List<@IntRange(max = 5) Integer>> references,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 6) Integer> trace,
      @ForAll @Size(max = 20) List<@IntRange(max = 6) Integer> before,
      @ForAll @Size(max = 20) List<@IntRange(max = 6) Integer> after) {
    TraceComparison comparison = comparison(references, 0.5);
    List<Integer> longer = new ArrayList<>(before);
    longer.addAll(trace);
    longer.addAll(after);

    ContainmentScores shortScores = scores(comparison, trace);
    ContainmentScores longScores = scores(comparison, longer);

    assertThat(longScores.containment()).isLessThanOrEqualTo(shortScores.containment());
    assertThat(longScores.callCounts()).isLessThanOrEqualTo(shortScores.callCounts());
  }

  @Test
  void referencesOfTheFoldAreLeftOut() {
    TraceComparison comparison = comparison(List.of(List.of(1, 2), List.of(3, 4)), 0.5);

    assertThat(comparison.scores(new int[] {1, 2}, 0).orElseThrow())
        .isEqualTo(new ContainmentScores(1, 1, 1));
    assertThat(comparison.scores(new int[] {1, 2}, 1).orElseThrow())
        .isEqualTo(new ContainmentScores(0, 0, 0));
    assertThat(comparison(List.of(List.of(1, 2)), 1).scores(new int[] {1, 2}, 0)).isEmpty();
  }

  @Test
  void aReferenceKeepsItsDistinctCallsTheirCountsAndItsPairs() {
    Reference reference = Reference.of("reference", 3, new int[] {7, 2, 7, 7, 2, 7});

    assertThat(reference.fold()).isEqualTo(3);
    assertThat(reference.calls()).containsExactly(2, 7);
    assertThat(reference.counts()).containsExactly(2, 4);
    assertThat(reference.pairs()).containsExactly((2L << 32) + 7, (7L << 32) + 2, (7L << 32) + 7);
    assertThat(Reference.of("reference", 0, new int[40]).counts()).containsExactly(15);
    assertThat(Reference.of("reference", 0, new int[1]).pairs()).isEmpty();
  }

  @Test
  void kryoSendsReferencesWhole() {
    ReferenceIndex sent = index(List.of(List.of(1, 2, 2, 3), List.of(3, 4)), 0.5);

    assertThat(scores(new TraceComparison(Kryo.copy(sent)), List.of(2, 3, 2)))
        .isEqualTo(scores(new TraceComparison(sent), List.of(2, 3, 2)));
  }

  @Test
  void aTraceOfMillionsOfCallsIsScored() {
    int[] trace = new int[3_000_000];
    // A million times the call 0, and then 0, 1, 2 and so on.
    System.arraycopy(Traces.range(0, 2_000_000), 0, trace, 1_000_000, 2_000_000);
    assertThat(comparison(List.of(List.of(0, 0, 1)), 1).scores(trace, NO_FOLD).orElseThrow())
        .isEqualTo(new ContainmentScores(1 - Math.pow(2.0 / 2_000_000, 0.1), 0, 0));
  }
}
