package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LimitedStreamTest {
  @Test
  void theLimitItselfIsAccepted() throws IOException {
    assertThat(limited("3 4 5", 5).readAllBytes()).asString().isEqualTo("3 4 5");
    assertThatThrownBy(() -> limited("3 4 5", 4).readAllBytes())
        .isInstanceOf(LimitedStream.TooLargeException.class)
        .hasMessage("has more bytes than the 4 that are accepted");
  }

  @Test
  void singleBytesAndSkippedOnesCount() throws IOException {
    InputStream in = limited("3 4 5", 4);
    assertThat(in.read()).isEqualTo('3');
    assertThat(in.skip(2)).isEqualTo(2);
    assertThat(in.markSupported()).isFalse();
    assertThat(in.read()).isEqualTo(' ');
    assertThatThrownBy(in::read).isInstanceOf(LimitedStream.TooLargeException.class);
  }

  @Test
  void theEndCountsNothing() throws IOException {
    InputStream in = limited("3", 1);
    assertThat(in.read()).isEqualTo('3');
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read(new byte[4])).isEqualTo(-1);
  }

  @Test
  void readingStopsSoonAfterTheLimit() {
    EndlessBlanks endless = new EndlessBlanks();
    assertThatThrownBy(() -> new LimitedStream(endless, 1000).readAllBytes())
        .hasMessage("has more bytes than the 1000 that are accepted");
    assertThat(endless.read).isLessThanOrEqualTo(1 << 16);
  }

  private static InputStream limited(String content, long limit) {
    return new LimitedStream(
        new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)), limit);
  }

  private static final class EndlessBlanks extends InputStream {
    private long read;

    @Override
    public int read() {
      read++;
      return ' ';
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Arrays.fill(target, offset, offset + length, (byte) ' ');
      read += length;
      return length;
    }
  }
}
