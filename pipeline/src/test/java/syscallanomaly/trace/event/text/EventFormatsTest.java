package syscallanomaly.trace.event.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import syscallanomaly.trace.event.EventFormat;

class EventFormatsTest {
  private static final String STRACE = "4711 read(3, \"x\", 1)      = 1";
  private static final String AUDITD =
      "type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e syscall=2 pid=3538";
  private static final String SYSDIG = "1631078867467689061 33 7 apache2 7 read > fd=1";

  private static String recognised(List<String> lines) {
    return EventFormats.recognised(lines).map(EventFormat::name).orElse("none");
  }

  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of("strace", List.of(STRACE)),
        Arguments.of("strace", List.of("execve(\"/bin/ls\", [\"ls\"], 0x7) = 0", "brk(NULL) = 0")),
        Arguments.of("strace", List.of("hello", STRACE, "the program says", STRACE)),
        Arguments.of("strace", List.of("", STRACE, STRACE, "4711 rea")),
        Arguments.of("auditd", List.of(AUDITD)),
        Arguments.of("auditd", List.of("type=CWD msg=audit(1.2:3): cwd=\"/\"", AUDITD)),
        Arguments.of("sysdig", List.of(SYSDIG, "1631078867467689062 33 7 apache2 7 read < res=1")));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aFormatIsRecognisedByItsLines(String name, List<String> lines) {
    assertThat(recognised(lines)).isEqualTo(name);
    assertThat(EventFormats.all())
        .filteredOn(format -> format.recognises(lines))
        .extracting(EventFormat::name)
        .containsExactly(name);
  }

  static Stream<List<String>> otherText() {
    return Stream.of(
        List.of(),
        List.of(""),
        List.of("6 6 63 6 42 120 6 195"),
        List.of("1 5", "1 3", "2 5"),
        List.of("{\"host\": \"a\", \"call\": \"read\"}"),
        List.of("host,pid,call", "a,1,read"),
        List.of("PAR1\u0015\u0004\u0015", "\u0000\u0001\u0002"),
        List.of(
            "% time     seconds  usecs/call     calls    errors syscall", "29.2 0.1 2 3 openat"),
        List.of("     1.237 ( 0.017 ms): thr/13617 brk() = 0x55fb37f24000"),
        List.of("11:02:03 the server has started", "one", "two", STRACE),
        List.of("strace: Process 13014 attached"));
  }

  @ParameterizedTest
  @MethodSource("otherText")
  void otherTextIsNotRecognised(List<String> lines) {
    assertThat(recognised(lines)).isEqualTo("none");
  }

  @Test
  void aFormatRejectsTheLinesOfOthers() {
    for (EventFormat format : EventFormats.all()) {
      for (String line : List.of(STRACE, AUDITD, SYSDIG, "6 6 63 6", "1 5", "{}")) {
        Outcomes outcomes = Outcomes.of(format.name(), line);
        if (recognised(List.of(line)).equals(format.name())) {
          assertThat(outcomes.events).as("%s: %s", format.name(), line).hasSize(1);
        } else {
          assertThat(outcomes.rejected).as("%s: %s", format.name(), line).hasSize(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"strace", "auditd", "sysdig"})
  void binaryContentIsRejectedAndShownAsText(String format) {
    String binary = "\u0000\u0001\u001b[2J\ufffd\u202e\n\ud800x";
    assertThat(Outcomes.of(format, binary).rejected)
        .hasSize(1)
        .allSatisfy(
            reason ->
                assertThat(reason).contains("'\\u0000\\u0001\\u001b[2J\ufffd\\u202e\\n\\ud800x'"));
  }

  @Test
  void anArgumentMayHaveTenMegabytes() {
    String huge = String.join("", Collections.nCopies(1_200_000, "\\\") = -1 "));
    assertThat(huge).hasSizeGreaterThan(10_000_000);

    assertThat(Outcomes.of("strace", "7 write(1, \"" + huge + "\", 9) = 9").event().call())
        .isEqualTo(4);
    assertThat(Outcomes.ofCut("strace", "7 execve(\"" + huge).event().executable()).isNull();
    assertThat(Outcomes.of("auditd", AUDITD + " exe=\"/x\" key=" + huge).event().executable())
        .isEqualTo("/x");
    assertThat(Outcomes.of("sysdig", SYSDIG + " data=" + huge).event().call()).isEqualTo(3);
    assertThat(Outcomes.of("strace", huge).rejected).allMatch(reason -> reason.length() < 150);
  }

  @Test
  void everyFormatHasANameAndADescription() {
    List<String> names = new ArrayList<>();
    for (EventFormat format : EventFormats.all()) {
      names.add(format.name());
      assertThat(EventFormats.named(format.name())).containsSame(format);
      assertThat(format.description()).matches("[a-z].*[^.]");
    }
    assertThat(names).containsExactly("strace", "auditd", "sysdig");
    assertThat(EventFormats.named("unm")).isEmpty();
  }
}
