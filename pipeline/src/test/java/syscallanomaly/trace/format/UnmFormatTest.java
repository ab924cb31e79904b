package syscallanomaly.trace.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnmFormatTest {
  @Test
  void processesAreTakenApartInTheOrderOfTheirFirstLine() throws IOException {
    assertThat(read("9324 5\n17 3\n9324 67\n2 1\n17 4\n9324 5\n"))
        .containsExactly("f#9324 [5, 67, 5]", "f#17 [3, 4]", "f#2 [1]");
  }

  @Test
  void linesMayHaveBlanksAroundNumbersAndTheLastNeedsNoEnd() throws IOException {
    assertThat(read(" 1\t3 \r\n\n  \n01 4\r\n0 0")).containsExactly("f#1 [3, 4]", "f#0 [0]");
  }

  @Test
  void aProcessMayHaveAnyNumberOf31Bits() throws IOException {
    assertThat(read("2147483647 340\n0 0\n2147483647 1\n"))
        .containsExactly("f#2147483647 [340, 1]", "f#0 [0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 3;1        | line 2: has a process and no call",
        "1 3;;1;2 3   | line 3: has a process and no call",
        "1 3;1 4 5    | line 2: has more than a process and a call",
        "1 3;1 read   | line 2: 'read' is not a number",
        "sh 3         | line 1: 'sh' is not a number",
        "1 3;1 -4     | line 2: -4 is negative",
        "2147483648 3 | line 1: 2147483648 does not fit in 32 bits",
        "1 341        | line 1: 341 is larger than 340, the largest call accepted",
        "341 3;341 x  | line 2: 'x' is not a number",
      })
  void aDamagedLineRejectsTheWholeFileAndIsNamed(String content, String reason) throws IOException {
    assertThat(read(content.replace(';', '\n'))).containsExactly("f: " + reason);
  }

  @Test
  void aFileWithoutALineIsRejected() throws IOException {
    assertThat(read("")).containsExactly("f: is empty");
    assertThat(read(" \n\n")).containsExactly("f: holds white space only");
    assertThat(read("1 2\n3\0")).containsExactly("f: is binary: byte 0x00 at offset 5");
  }

  @Test
  void aParserForgetsTheFileBefore() throws IOException {
    TraceFormat.Parser parser = new UnmFormat().parser(340);
    assertThat(lines(parser, "1 2\n3 4\n5"))
        .containsExactly("f: line 3: has a process and no call");
    assertThat(lines(parser, "3 7\n")).containsExactly("f#3 [7]");
    assertThat(lines(parser, "3 8\n1 9\n")).containsExactly("f#3 [8]", "f#1 [9]");
  }

  @Property(tries = 50)
  void tracesAreThoseOfAGroupingByProcess(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 5000) int calls,
      @ForAll @IntRange(min = 1, max = 300) int processes)
      throws IOException {
    Map<Integer, List<Integer>> expected = new LinkedHashMap<>();
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < calls; i++) {
      int process = random.nextInt(processes);
      int call = random.nextInt(341);
      expected.computeIfAbsent(process, none -> new ArrayList<>()).add(call);
      content.append(process).append(' ').append(call).append('\n');
    }
    assertThat(read(content.toString()))
        .containsExactlyElementsOf(
            expected.entrySet().stream()
                .map(trace -> "f#%d %s".formatted(trace.getKey(), trace.getValue()))
                .toList());
  }

  private static List<String> read(String content) throws IOException {
    return lines(new UnmFormat().parser(340), content);
  }

  private static List<String> lines(TraceFormat.Parser parser, String content) throws IOException {
    List<String> lines = new ArrayList<>();
    parser
        .parse("f", new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)))
        .forEachRemaining(
            trace ->
                lines.add(
                    trace.isAccepted()
                        ? trace.traceId() + " " + IntStream.of(trace.calls()).boxed().toList()
                        : trace.traceId() + ": " + trace.reason()));
    return lines;
  }
}
