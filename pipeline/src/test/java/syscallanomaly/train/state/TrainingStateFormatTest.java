package syscallanomaly.train.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.train.EpochResults;

class TrainingStateFormatTest {
  private static final SortedMap<String, String> MADE_WITH =
      new TreeMap<>(Map.of("run.seed", "7", "workers", "2"));
  private static final TrainingState STATE =
      new TrainingState(
          List.of(EpochResults.of(1, 2.5, 0.1, 1 / 3.0, 0.2, 12.25, 80, 9, false)),
          List.of(new TimeBreakdown(3.5, 1.25, 9, 4, 3, 0.25, 0.5)),
          new byte[] {1, 2, 3, 4},
          new NetworkState(new byte[] {5, 6, 7, 8}, new byte[] {9, 10, 11, 12}, 360),
          new EpochInProgress(
              4,
              new PredictionTotals(100, 250.5, 40),
              new TimeBreakdown(1 / 7.0, 3, 4, 2, 1, 0.125, 0.0625),
              6.5,
              1,
              new byte[] {13, 14, 15, 16}));
  private static final byte[] FILE = TrainingStateFormat.write(STATE, MADE_WITH);

  @Test
  void readsWhatItWrote() throws Exception {
    TrainingStateFormat.Content content = TrainingStateFormat.read(FILE);
    TrainingState state = content.state();

    assertThat(content.madeWith()).isEqualTo(MADE_WITH);
    assertThat(state).usingRecursiveComparison().isEqualTo(STATE);
    assertThat(state.epoch()).isEqualTo(2);
    assertThat(state.rounds()).isEqualTo(4);
  }

  @Test
  void everyFileThatWasCutShortIsRefused() {
    for (int length = 0; length < FILE.length; length++) {
      byte[] shorter = Arrays.copyOf(FILE, length);
      assertThatThrownBy(() -> TrainingStateFormat.read(shorter))
          .as("%d of %d bytes", length, FILE.length)
          .isInstanceOf(UnusableStateException.class)
          .hasMessageStartingWith("it is damaged: ");
    }
  }

  @Test
  void everyFileWithAWrongByteIsRefused() {
    for (int i = 0; i < FILE.length; i++) {
      byte[] damaged = FILE.clone();
      damaged[i] ^= 1;
      assertThatThrownBy(() -> TrainingStateFormat.read(damaged))
          .as("byte %d", i)
          .isInstanceOf(UnusableStateException.class);
    }
  }

  @Test
  void anotherVersionIsNamed() {
    assertThatThrownBy(() -> TrainingStateFormat.read(ofVersion(1)))
        .hasMessage("it has another version of the format (1, this program's is 2)");
    assertThatThrownBy(() -> TrainingStateFormat.read(ofVersion(12)))
        .hasMessage("it has another version of the format (12, this program's is 2)");
  }

  private static byte[] ofVersion(int version) {
    return new String(FILE, StandardCharsets.ISO_8859_1)
        .replaceFirst("state 2 ", "state " + version + " ")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
