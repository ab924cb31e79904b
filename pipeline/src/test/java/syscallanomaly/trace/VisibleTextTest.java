package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void whatHasNoShapeIsEscaped() {
    Map.of(
            "a\u001b[31mb", "a\\u001b[31mb",
            "a\nb\rc\td", "a\\nb\\rc\\td",
            "\u009b\u007f", "\\u009b\\u007f",
            "a\u202eb", "a\\u202eb",
            "a\u2028b", "a\\u2028b",
            "a\ud800b", "a\\ud800b",
            "\udb40\udc41", "\\udb40\\udc41")
        .forEach(
            (text, shown) -> {
              assertThat(VisibleText.of(text)).isEqualTo(shown);
              assertThat(VisibleText.of(shown)).as("escaped twice").isEqualTo(shown);
            });
  }

  @Test
  void otherTextStaysTheSameObject() {
    String text = "é 😀 %41 \\x41";
    assertThat(VisibleText.of(text)).isSameAs(text);
  }

  @Test
  void messagesAboutInputAreVisible() {
    UnusableInputException failure =
        new UnusableInputException("Cannot read a\u001b[2J", new IOException());
    assertThat(failure.withFix("mend\nit")).hasMessage("Cannot read a\\u001b[2J; mend\\nit");
  }
}
