package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.Traces.calls;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.vocabulary.Vocabulary;

@ExtendWith(SparkExtension.class)
class InputProfileTest {
  @Test
  void everyCopyOfATraceCounts(SparkSession spark) {
    try (NormalTraces normal =
        NormalTraces.of(
            Traces.of(spark, calls(3, 3, 340), calls(3), calls(3, 3, 340), Traces.range(1, 7)),
            2,
            1)) {
      assertThat(InputProfile.of(normal))
          .isEqualTo(
              new InputProfile(
                  4,
                  new TreeMap<>(Map.of(1, 1L, 2, 1L, 3, 6L, 4, 1L, 5, 1L, 6, 1L, 7, 1L, 340, 2L)),
                  new TreeMap<>(Map.of(1, 1L, 3, 2L, 6, 1L))));
    }
  }

  @Test
  void theShareOfUnknownCallsCountsEveryRepeat(SparkSession spark) {
    InputProfile profile =
        InputProfile.of(Traces.of(spark, calls(3, 3, 340), calls(3), calls(5, 5, 5, 5)));

    assertThat(profile.traces()).isEqualTo(3);
    assertThat(profile.unknownShare(Vocabulary.observed(new int[] {3, 340}))).isEqualTo(0.5);
    assertThat(profile.unknownShare(Vocabulary.fixed(341))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,3", "7,6", "8,8", "10,9", "11,11", "343,304", "361,304", "362,362"})
  void aLengthCountsUnderTheLargestBoundBelowIt(int length, int bound) {
    assertThat(InputProfile.lengthBound(length)).isEqualTo(bound);
  }

  @Test
  void theBoundsCoverEveryLengthAndAreFew() {
    assertThat(InputProfile.lengthBounds())
        .startsWith(1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 16)
        .doesNotHaveDuplicates()
        .isSorted()
        .hasSizeBetween(110, 120);
    assertThat(InputProfile.lengthBound(Integer.MAX_VALUE))
        .isGreaterThan(Integer.MAX_VALUE / 5 * 4);
  }
}
