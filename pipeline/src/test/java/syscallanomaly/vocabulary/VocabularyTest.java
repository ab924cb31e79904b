package syscallanomaly.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.VocabularySettings.Mode;

@ExtendWith(SparkExtension.class)
class VocabularyTest {
  @Test
  void observedVocabularyHoldsTheCallsOfTrainingAndAnUnknownOne(SparkSession spark) {
    Vocabulary vocabulary =
        VocabularyBuilder.build(
            Traces.of(spark, Traces.calls(102, 3, 3), Traces.calls(3, 0, 265)),
            new VocabularySettings(Mode.OBSERVED, 2));

    assertThat(vocabulary.size()).isEqualTo(5);
    assertThat(indices(vocabulary, 0, 3, 102, 265, 4))
        .containsExactly(1, 2, 3, 4, Vocabulary.UNKNOWN);
    assertThat(vocabulary.holds(0)).isTrue();
    assertThat(vocabulary.holds(4)).isFalse();
  }

  @Test
  void fixedVocabularyIsTheIdentity(SparkSession spark) {
    Vocabulary vocabulary =
        VocabularyBuilder.build(
            Traces.of(spark, Traces.calls(1, 2)), new VocabularySettings(Mode.FIXED, 341));

    assertThat(vocabulary.size()).isEqualTo(341);
    assertThat(indices(vocabulary, Traces.range(0, 341))).isEqualTo(Traces.range(0, 341));
    assertThat(vocabulary.holds(0)).as("index 0 is that of unknown calls").isFalse();
    assertThat(vocabulary.holds(340)).isTrue();
    assertThat(new VocabularySettings(Mode.FIXED, 341).largestCall()).isEqualTo(340);
  }

  @Test
  void theCallZeroOfTrainingTracesIsNoPadding(SparkSession spark) {
    Vocabulary vocabulary =
        VocabularyBuilder.build(
            Traces.of(spark, Traces.calls(1, 2), Traces.calls(3, 0)),
            new VocabularySettings(Mode.FIXED, 5));
    Vocabulary read = Vocabulary.fromJson(vocabulary.toJson());

    assertThat(read.size()).isEqualTo(6);
    assertThat(indices(read, 0, 1, 2, 3, 4, 5, 6))
        .containsExactly(5, 1, 2, 3, 4, Vocabulary.UNKNOWN, Vocabulary.UNKNOWN);
    assertThat(read.holds(0)).isTrue();
    assertThat(read.hash())
        .isEqualTo(vocabulary.hash())
        .isNotEqualTo(Vocabulary.fixed(6).hash())
        .isNotEqualTo(Vocabulary.fixed(5).hash());
    assertThat(new VocabularySettings(Mode.FIXED, 5).mostSymbols()).isEqualTo(6);
  }

  @Property(tries = 200)
  void jsonKeepsEveryIndexAndTheHash(
      @ForAll @Size(max = 50) @IntRange(min = 0, max = 1000) int[] calls) {
    Vocabulary vocabulary = Vocabulary.observed(calls);
    Vocabulary read = Vocabulary.fromJson(vocabulary.toJson());

    assertThat(read.hash()).isEqualTo(vocabulary.hash());
    assertThat(indices(read, calls)).isEqualTo(indices(vocabulary, calls));
    assertThat(vocabulary.size()).isEqualTo(1 + (int) Arrays.stream(calls).distinct().count());
  }

  @Test
  void vocabulariesThatDifferHaveDifferentHashes() {
    assertThat(Vocabulary.observed(Traces.calls(1, 2)).hash())
        .isNotEqualTo(Vocabulary.observed(Traces.calls(1, 3)).hash())
        .isNotEqualTo(Vocabulary.fixed(3).hash());
  }

  private static int[] indices(Vocabulary vocabulary, int... calls) {
    return Arrays.stream(calls).map(vocabulary::indexOf).toArray();
  }

  @Test
  void anotherJsonIsRefused() {
    assertThatThrownBy(() -> Vocabulary.fromJson("{\"size\": 3}"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageStartingWith(
            "Cannot read the vocabulary: it is no vocabulary.json of this program (")
        .hasMessageEndingWith(")");
    assertThatThrownBy(() -> Vocabulary.fromJson("{\"mode\":\"FIXED\",\"size\":3,\"calls\":[1]}"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageContaining("size 3 does not fit the list of calls");
  }
}
