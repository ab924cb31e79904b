package syscallanomaly.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.score.ScoreSettings;
import syscallanomaly.window.SequenceKind;

/** What may be held out depends on what learns and on what is calibrated. */
class HoldOutKeysTest {
  @TempDir Path folder;

  private final ConfigurationLoader loader =
      new ConfigurationLoader(
          new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
          InstantSource.fixed(Instant.EPOCH));

  @Test
  void wholeTracesAreNotCutToHoldOutATail() throws Exception {
    assertThat(errors("{ training.unit = traces, sequences.hold-out.rule = tail }"))
        .containsExactly(
            "Cannot use sequences.hold-out.rule = tail: must be trace where training.unit is"
                + " traces: traces are not cut ("
                + file()
                + ":1)");
    assertThat(errors("{ training.unit = traces, sequences.hold-out.rule = random }")).hasSize(1);
    assertThat(errors("sequences.hold-out.rule = tail", "scoring.lstm-folds=1"))
        .containsExactly(
            "Cannot use scoring.lstm-folds = 1: must be at least 2 where sequences.hold-out.rule is"
                + " tail: no whole trace is held out to calibrate with (--set)");
    assertThat(load("{ sequences.hold-out.rule = tail, scoring.lstm-folds = 2 }").scoring())
        .extracting(ScoreSettings::lstmFolds)
        .isEqualTo(2);
    assertThat(load("training.unit = traces").training().unit()).isEqualTo(SequenceKind.TRACES);
  }

  private List<String> errors(String text, String... assignments) {
    return catchThrowableOfType(ConfigurationException.class, () -> load(text, assignments))
        .errors();
  }

  private Configuration load(String text, String... assignments)
      throws ConfigurationException, IOException {
    Files.writeString(Path.of(file()), text);
    return loader.load(Optional.of(file()), Arrays.asList(assignments));
  }

  private String file() {
    return folder.resolve("test.conf").toString();
  }
}
