package syscallanomaly.score.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CallLikelihoodTest {
  private static final int CALLS = 5;
  private static final int UNKNOWN = CALLS;

  /** Takes the counts of all orders of a call; call {@link #UNKNOWN} was never counted. */
  private static CallLikelihood of(
      int call, List<Integer> before, List<List<Integer>> counts, double discount) {
    CallLikelihood likelihood = new CallLikelihood(CALLS, discount);
    likelihood.begin(at(before, call), sum(before));
    for (List<Integer> order : counts) {
      likelihood.order(
          at(order, call), sum(order), order.stream().filter(count -> count > 0).count());
    }
    return likelihood;
  }

  private static int at(List<Integer> counts, int call) {
    return call == UNKNOWN ? 0 : counts.get(call);
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  @Property
  void probabilitiesOfAllCallsSumToOne(
      @ForAll @Size(CALLS) List<@IntRange(min = 1, max = 9) Integer> before,
      @ForAll @Size(CALLS) List<@IntRange(min = 1, max = 9) Integer> unigrams,
      @ForAll @Size(max = 4) List<@Size(CALLS) List<@IntRange(max = 9) Integer>> contexts,
      @ForAll @DoubleRange(min = 0.1, max = 0.9) double discount) {
    List<List<Integer>> orders = new ArrayList<>(List.of(unigrams));
    contexts.stream().takeWhile(counts -> sum(counts) > 0).forEach(orders::add);

    List<CallLikelihood> known =
        IntStream.range(0, CALLS).mapToObj(call -> of(call, before, orders, discount)).toList();
    CallLikelihood unknown = of(UNKNOWN, before, orders, discount);

    assertThat(sum(known, CallLikelihood::loss)).isLessThan(1);
    assertThat(sum(known, CallLikelihood::loss) + Math.exp(-unknown.loss()))
        .isCloseTo(1, within(1e-12));
    assertThat(sum(known, CallLikelihood::bigramLoss)).isLessThan(1);
    assertThat(sum(known, CallLikelihood::bigramLoss) + Math.exp(-unknown.bigramLoss()))
        .isCloseTo(1, within(1e-12));
    assertThat(known)
        .allSatisfy(
            call -> {
              assertThat(call.lowestLoss()).isBetween(0.0, call.loss());
              assertThat(call.ratio()).isEqualTo(call.loss() - call.bigramLoss());
            });
  }

  private static double sum(List<CallLikelihood> calls, ToDoubleFunction<CallLikelihood> loss) {
    return calls.stream().mapToDouble(loss).map(nats -> Math.exp(-nats)).sum();
  }

  @Test
  void theLowestLossIsThatOfTheBestOrder() {
    // Witten-Bell: (3 + 2 / 6) / (8 + 2) = 1 / 3, then (0 + 1 / 3) / (1 + 1) = 1 / 6.
    CallLikelihood likelihood = new CallLikelihood(CALLS, 0.5);
    likelihood.begin(2, 4);
    likelihood.order(3, 8, 2);
    likelihood.order(0, 1, 1);

    assertThat(likelihood.lowestLoss()).isCloseTo(Math.log(3), within(1e-15));
    assertThat(likelihood.loss()).isCloseTo(Math.log(6), within(1e-15));
    // Absolute discounting: (2 - .5 + .5 * 2 / 6) / 4 = 5 / 12, then .5 * 5 / 12 = 5 / 24.
    assertThat(likelihood.bigramLoss()).isCloseTo(Math.log(24 / 5.0), within(1e-15));
    assertThat(likelihood.ratio()).isCloseTo(Math.log(5 / 4.0), within(1e-15));
  }
}
