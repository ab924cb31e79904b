package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UnusableInputExceptionTest {
  @Test
  void aFixEndsTheMessageAndKeepsTheRest() {
    IOException cause = new IOException("the disk is gone");
    IOException suppressed = new IOException("nor can it be closed");
    UnusableInputException failure = new UnusableInputException("Cannot read a: it is gone", cause);
    failure.addSuppressed(suppressed);

    UnusableInputException fixed = failure.withFix("find it again");

    assertThat(fixed).hasMessage("Cannot read a: it is gone; find it again").hasCause(cause);
    assertThat(fixed.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(fixed.getSuppressed()).containsExactly(suppressed);
  }
}
