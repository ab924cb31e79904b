package syscallanomaly.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SystemCallNamesTest {
  private static final SystemCallNames NAMES = SystemCallNames.i386();

  @Test
  void execveIsNumberElevenOnI386() {
    assertThat(NAMES.number("execve")).isEqualTo(11);
    assertThat(NAMES.name(11)).isEqualTo("execve");
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> NAMES.number("exec"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot find the system call exec: the table of names does not hold it");
  }
}
