package syscallanomaly.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecidesTest {
  private static List<String> keys(Decides decides) {
    return ConfigurationKey.all().stream()
        .filter(key -> key.decides() == decides)
        .map(ConfigurationKey::path)
        .toList();
  }

  @Test
  void theSequencesDependOnSeedVocabularyWindowsAndWhatIsHeldOut() {
    assertThat(keys(Decides.SEQUENCES))
        .containsExactlyInAnyOrder(
            "run.seed",
            "vocabulary.mode",
            "vocabulary.size",
            "windows.length",
            "windows.limit",
            "sequences.distinct",
            "sequences.drop-in.enabled",
            "sequences.drop-in.max-copies",
            "sequences.hold-out.rule",
            "sequences.hold-out.fraction",
            "training.unit",
            "scoring.lstm-folds");
  }

  @Test
  void theTrainingDependsOnNetworkAndTrainingButNotOnCheckpoints() {
    assertThat(keys(Decides.TRAINING))
        .contains("network.layers", "training.learning-rate", "training.early-stopping.patience")
        .allMatch(key -> key.startsWith("network.") || key.startsWith("training."))
        .doesNotContain("training.checkpoint-minutes", "training.workers", "training.unit");
    assertThat(keys(Decides.NOTHING))
        .contains("run.id", "workspace", "traces.root", "scoring.detectors", "training.workers");
  }

  @Test
  void theTagIsNoPartOfTheMeaning() {
    assertThat(ConfigurationKey.all())
        .allSatisfy(key -> assertThat(key.meaning()).as(key.path()).doesNotContain("@"));
  }

  @Test
  void aTagThatNamesNothingKnownIsAnError() {
    assertThat(Decides.in(List.of(" The length", " @decides training")))
        .isEqualTo(Optional.of(Decides.TRAINING));
    assertThat(Decides.in(List.of(" The length"))).isEmpty();
    assertThatThrownBy(() -> Decides.in(List.of(" @decides weather")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WEATHER");
  }
}
