package syscallanomaly.trace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"3 11 102", "3 11 102 ", " \t\r\n 3\n11\r\n102\n", "3\u000b11\f102", "003 11 102"})
  void readsIntegersBetweenWhiteSpace(String content) throws Exception {
    assertThat(parse(content)).containsExactly(3, 11, 102);
  }

  @Test
  void readsTheWholeRangeOfInt() throws Exception {
    assertThat(parse("0 2147483647")).containsExactly(0, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 4 abc 5      | position 3: 'abc' is not a number",
        "3.5            | position 1: '3.5' is not a number",
        "3,4            | position 1: '3,4' is not a number",
        "+3             | position 1: '+3' is not a number",
        "1 -            | position 2: '-' is not a number",
        "1 3-4          | position 2: '3-4' is not a number",
        "1 --4          | position 2: '--4' is not a number",
        "é              | position 1: '\\xc3\\xa9' is not a number",
        "1 2 3x         | position 3: '3x' is not a number",
        "abcdefghijklmnopqrstuvwxyz 1 | position 1: 'abcdefghijklmnopqrstuvwx...' is not a number",
        "3 -7           | position 2: -7 is negative",
        "3 2147483648   | position 2: 2147483648 does not fit in 32 bits",
        "18446744073709551617 3 | position 1: 18446744073709551617 does not fit in 32 bits",
      })
  void namesTheFirstTokenThatIsNoCall(String content, String reason) {
    assertThatThrownBy(() -> parse(content))
        .isInstanceOf(RejectedTraceException.class)
        .hasMessage(reason);
  }

  @Test
  void callsBeyondTheLargestAreRejected() throws Exception {
    TraceParser parser = new TraceParser(340);
    assertThat(parser.parse(stream("340 0"))).containsExactly(340, 0);
    assertThatThrownBy(() -> parser.parse(stream("3 341")))
        .isInstanceOf(RejectedTraceException.class)
        .hasMessage("position 2: 341 is larger than 340, the largest call accepted");
  }

  @Test
  void emptyAndBlankFilesAreRejected() {
    assertThatThrownBy(() -> parse("")).hasMessage("is empty");
    assertThatThrownBy(() -> parse(" \n\t")).hasMessage("holds white space only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkIsCalledOne(String charset) {
    byte[] marked = "\ufeff3 4 5".getBytes(Charset.forName(charset));

    assertThatThrownBy(() -> parser().parse(stream(marked)))
        .isInstanceOf(RejectedTraceException.class)
        .hasMessage("begins with a byte-order mark; save it as plain text without one");
  }

  @Test
  void controlBytesMakeAFileBinary() {
    assertThatThrownBy(() -> parse("3 4\0 5")).hasMessage("is binary: byte 0x00 at offset 3");
    assertThatThrownBy(() -> parse("\u007fELF")).hasMessage("is binary: byte 0x7f at offset 0");
    assertThatThrownBy(() -> parse("GIF89a 1 2 \u0001"))
        .hasMessage("is binary: byte 0x01 at offset 11");
    assertThatThrownBy(() -> parser().parse(stream("3 4 5".getBytes(StandardCharsets.UTF_16LE))))
        .hasMessage("is binary: byte 0x00 at offset 1");
  }

  @Test
  void aParserForgetsTheFileBefore() throws Exception {
    TraceParser parser = parser();
    assertThatThrownBy(() -> parser.parse(stream("1 2 -")))
        .hasMessage("position 3: '-' is not a number");
    assertThat(parser.parse(stream("7"))).containsExactly(7);
    assertThatThrownBy(() -> parser.parse(stream(" "))).hasMessage("holds white space only");
  }

  @Test
  void tokensMayCrossBuffers() throws Exception {
    int[] calls = new Random(7).ints(300_000, 0, 2_000_000_000).toArray();
    String text = String.join(" ", Arrays.stream(calls).mapToObj(Integer::toString).toList());
    assertThat(parse(text)).isEqualTo(calls);
    assertThatThrownBy(() -> parse(text + "\0"))
        .hasMessage("is binary: byte 0x00 at offset " + text.length());
  }

  @Property
  void anyCallsRenderedWithAnyWhiteSpaceParseBack(
      @ForAll @NotEmpty List<@IntRange(min = 0) Integer> calls,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 9) int mostBytesAtATime)
      throws Exception {
    StringBuilder text = new StringBuilder(blanks(random, 0));
    for (int call : calls) {
      text.append(call).append(blanks(random, 1));
    }
    InputStream halting =
        new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, mostBytesAtATime));
          }
        };
    assertThat(parser().parse(halting))
        .isEqualTo(calls.stream().mapToInt(Integer::intValue).toArray());
  }

  private static String blanks(Random random, int least) {
    return IntStream.range(0, least + random.nextInt(3))
        .mapToObj(i -> " \t\n\r\f\u000b".charAt(random.nextInt(6)))
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }

  private static int[] parse(String content) throws IOException, RejectedTraceException {
    return parser().parse(stream(content));
  }

  private static TraceParser parser() {
    return new TraceParser(Integer.MAX_VALUE);
  }

  private static InputStream stream(String content) {
    return stream(content.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream stream(byte[] content) {
    return new ByteArrayInputStream(content);
  }
}
