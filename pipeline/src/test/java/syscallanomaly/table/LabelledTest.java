package syscallanomaly.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import syscallanomaly.evaluate.Population;
import syscallanomaly.trace.Split;

class LabelledTest {
  @ParameterizedTest
  @EnumSource
  void everySplitIsFoundByItsLabel(Split split) {
    assertThat(Split.ofLabel(split.label())).isEqualTo(split);
  }

  @Test
  void labelsAreTheNamesInTables() {
    assertThat(Labelled.of(Split.class, "training")).isEqualTo(Split.TRAINING);
    assertThat(Labelled.of(Population.class, "distinct")).isEqualTo(Population.DISTINCT);
  }

  @Test
  void anUnknownLabelIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Split.ofLabel("Training"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot read 'Training' as a Split: it must be one of training, validation, attack,"
                + " observed");
  }
}
