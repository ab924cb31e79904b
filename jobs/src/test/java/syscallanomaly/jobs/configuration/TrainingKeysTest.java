package syscallanomaly.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.score.ScoreSettings;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.train.TrainingSettings.Truncation;
import syscallanomaly.train.optimiser.AdamOptimiser;
import syscallanomaly.vocabulary.VocabularySettings;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.WindowSettings;

/** Keys of training and sequences, and the defaults that library and configuration share. */
class TrainingKeysTest {
  private final ConfigurationLoader loader =
      new ConfigurationLoader(
          new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
          InstantSource.fixed(Instant.EPOCH));

  private Configuration load(String... assignments) throws ConfigurationException {
    return loader.load(Optional.of("notebook.conf"), List.of(assignments));
  }

  @Test
  void theLibrarysDefaultsAreTheConfigurations(@TempDir Path folder) throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.conf"), "");
    Configuration defaults = loader.load(Optional.of(empty.toString()), List.of());

    assertThat(defaults.training()).isEqualTo(TrainingSettings.builder().build());
    assertThat(defaults.vocabulary()).isEqualTo(VocabularySettings.DEFAULT);
    assertThat(defaults.windows()).isEqualTo(WindowSettings.DEFAULT);
    assertThat(defaults.sequences()).isEqualTo(SequenceSettings.DEFAULT);
    assertThat(defaults.network()).isEqualTo(NetworkSettings.DEFAULT);
    assertThat(defaults.scoring()).isEqualTo(ScoreSettings.DEFAULT);
    TraceSettings traces = TraceSettings.of("x");
    assertThat(defaults.traces().format()).isEqualTo(traces.format());
    assertThat(defaults.traces().maxBytes()).isEqualTo(traces.maxBytes());
    assertThat(defaults.traces().maxRejectedShare()).isEqualTo(traces.maxRejectedShare());
  }

  @Test
  void theOptimiserIsChosenByItsName() throws Exception {
    TrainingSettings training =
        load("training.optimiser=adam", "training.warm-up=0.05", "training.gradient-norm-limit=1.5")
            .training();

    assertThat(training.optimiser()).isEqualTo(new AdamOptimiser());
    assertThat(training.warmUp()).isEqualTo(.05);
    assertThat(training.gradientNormLimit()).isEqualTo(1.5);
  }

  @Test
  void truncationGrowsWhereAFinalOneIsGiven() throws Exception {
    assertThat(
            load("training.truncation=20", "training.final-truncation=200").training().truncation())
        .isEqualTo(new Truncation(20, 200));
    assertThat(load("training.truncation=20").training().truncation())
        .isEqualTo(new Truncation(20, 20));
  }

  @ParameterizedTest
  @CsvSource({
    "training.split, tail, sequences.hold-out.rule",
    "training.validation-fraction, 0.1, sequences.hold-out.fraction",
    "training.tail-averaging, 0.1, training.polyak-averaging",
    "windows.distinct, false, sequences.distinct",
    "windows.drop-in.enabled, true, sequences.drop-in.enabled",
    "windows.drop-in.max-copies, 3, sequences.drop-in.max-copies"
  })
  void refusesTheFormerNameOfAKeyWithItsNewOne(String former, String value, String now) {
    assertThat(
            catchThrowableOfType(ConfigurationException.class, () -> load(former + "=" + value))
                .errors())
        .containsExactly(
            "Cannot use %s = %s: it is called %s now; write that name (--set)"
                .formatted(former, value, now));
  }
}
