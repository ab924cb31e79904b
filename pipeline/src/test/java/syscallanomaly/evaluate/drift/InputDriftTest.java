package syscallanomaly.evaluate.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import syscallanomaly.score.InputProfile;

class InputDriftTest {
  private static final double EXACT = 1e-12;

  private static InputProfile profile(Map<Integer, Long> calls, Map<Integer, Long> lengths) {
    return new InputProfile(
        lengths.values().stream().mapToLong(Long::longValue).sum(),
        new TreeMap<>(calls),
        new TreeMap<>(lengths));
  }

  /** (6.5/20 - 13.5/20) ln(6.5/13.5) twice, since the two groups change places. */
  @Test
  void theIndexIsThatOfItsFormula() {
    assertThat(StabilityIndex.of(new long[] {13, 6}, new long[] {6, 13}))
        .isCloseTo(2 * (7.0 / 20) * Math.log(13.5 / 6.5), within(EXACT))
        .isCloseTo(0.5116212559799547, within(EXACT));
    assertThat(StabilityIndex.of(new long[] {13, 6}, new long[] {13, 6})).isZero();
    assertThat(StabilityIndex.of(new long[] {0, 9}, new long[] {9, 0}))
        .as("finite where a group is empty")
        .isCloseTo(2 * 0.9 * Math.log(19), within(EXACT));
  }

  @Test
  void sharesCountAndNotNumbers() {
    long[] former = {100_000, 300_000};

    assertThat(StabilityIndex.of(former, new long[] {200_000, 600_000}))
        .isCloseTo(0, within(1e-11));
  }

  @Test
  void groupsThatDoNotMatchAreRefused() {
    assertThatThrownBy(() -> StabilityIndex.of(new long[2], new long[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot compare 2 groups with 3: there must be as many, and one at least");
  }

  /** The .999 quantile of chi-squared with one degree of freedom is 10.828, with nine 27.877. */
  @Test
  void chanceFallsWithTheNumberOfTraces() {
    assertThat(StabilityIndex.chance(2, 100, 50)).isCloseTo(0.03 * 10.8276, within(1e-5));
    assertThat(StabilityIndex.chance(10, 1000, 1000)).isCloseTo(0.002 * 27.8772, within(1e-6));
    assertThat(StabilityIndex.chance(1, 3, 3)).isZero();
  }

  @Test
  void equalTracesHaveNoDrift() {
    InputProfile traces = profile(Map.of(3, 70L, 4, 30L), Map.of(16, 5L, 32, 7L));

    InputDrift drift = InputDrift.between(traces, traces);

    assertThat(drift.calls()).isZero();
    assertThat(drift.lengths()).isZero();
    assertThat(drift.newCalls()).isZero();
    assertThat(drift.lengthsByChance()).isEqualTo(StabilityIndex.chance(2, 12, 12));
  }

  @Test
  void newAndMissingCallsAreGroupsOfTheirOwn() {
    InputProfile former = profile(Map.of(3, 80L, 4, 20L), Map.of(16, 1L));
    InputProfile now = profile(Map.of(3, 60L, 5, 20L, 6, 20L), Map.of(16, 1L));

    InputDrift drift = InputDrift.between(former, now);

    assertThat(drift.newCalls()).isEqualTo(0.4);
    assertThat(drift.calls())
        .isEqualTo(StabilityIndex.of(new long[] {80, 20, 0, 0}, new long[] {60, 0, 20, 20}));
    assertThat(InputDrift.between(now, former).newCalls()).isEqualTo(0.2);
  }

  /** A group closes when it has a tenth of the traces; less than a tenth at the end joins it. */
  @Test
  void lengthsAreGroupedByTenthsOfTheFormerTraces() {
    InputProfile former =
        profile(Map.of(1, 1L), Map.of(8, 1L, 11, 9L, 16, 10L, 32, 60L, 64, 15L, 128, 5L));
    InputProfile now = profile(Map.of(1, 1L), Map.of(4, 10L, 19, 20L, 45, 30L, 1024, 40L));

    InputDrift drift = InputDrift.between(former, now);

    // The groups: below 16, 16 to 31, 32 to 63, and 64 on.
    assertThat(drift.lengths())
        .isEqualTo(StabilityIndex.of(new long[] {10, 10, 60, 20}, new long[] {10, 20, 30, 40}));
    assertThat(drift.lengthsByChance()).isEqualTo(StabilityIndex.chance(4, 100, 100));
  }
}
