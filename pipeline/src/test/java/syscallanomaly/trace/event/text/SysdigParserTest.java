package syscallanomaly.trace.event.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SysdigDirection;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;

class SysdigParserTest {
  private static final EventSettings EXIT =
      new EventSettings(Optional.empty(), false, SysdigDirection.EXIT);

  private static SystemCallEvent event(String line) {
    return Outcomes.of("sysdig", line).event();
  }

  @Test
  void aLineIsACall() {
    assertThat(event("1631078867467689061 33 2902774 apache2 2902775 epoll_wait > maxevents=2"))
        .isEqualTo(
            new SystemCallEvent(
                Kind.CALL,
                "",
                "",
                2902774,
                2902775,
                null,
                "apache2",
                1631078867467689061L,
                256,
                null,
                null));
  }

  @Test
  void theDirectionIsASetting() {
    List<String> lines =
        List.of(
            "1631078867380460410 0 2902771 apache2 2902771 wait4 > ",
            "1631078867380462154 0 2902771 apache2 2902771 wait4 <",
            "1631078867380462155 0 2902771 apache2 2902771 read < res=1");

    Outcomes enter = Outcomes.of("sysdig", EventSettings.defaults(), "log", lines);
    assertThat(enter.names()).containsExactly("wait4");
    assertThat(enter.ignored).isEqualTo(Map.of("end of a call", 2));

    Outcomes exit = Outcomes.of("sysdig", EXIT, "log", lines);
    assertThat(exit.names()).containsExactly("wait4", "read");
    assertThat(exit.ignored).isEqualTo(Map.of("beginning of a call", 1));
  }

  @Test
  void aProcessCannotForgeColumnsWithItsName() {
    SystemCallEvent blanks = event("1631078867380460410 0 7 tmux: server 8 read > fd=3");
    assertThat(blanks.executable()).isEqualTo("tmux: server");
    assertThat(blanks.thread()).isEqualTo(8);

    SystemCallEvent forged = event("1631078867380460410 0 7 a 5 open > x 8 read > fd=3");
    assertThat(forged.executable()).isEqualTo("a 5 open > x");
    assertThat(forged.thread()).isEqualTo(8);
    assertThat(forged.call()).isEqualTo(3);

    SystemCallEvent empty = event("1631078867380460410 0 7  8 read > fd=3");
    assertThat(empty.executable()).isEmpty();

    SystemCallEvent longest =
        event("1631078867380460410 0 7 123456789012345 8 read > data=a 5 open > x");
    assertThat(longest.executable()).isEqualTo("123456789012345");
  }

  @Test
  void endsAreOfThreadsOrProcesses() {
    SystemCallEvent process = event("1631078867380460410 0 7 a 7 procexit > status=0");
    assertThat(process.kind()).isEqualTo(Kind.PROCESS_END);
    assertThat(process.call()).isEqualTo(-1);
    assertThat(event("1631078867380460410 0 7 a 8 procexit > status=0").kind())
        .isEqualTo(Kind.THREAD_END);
    assertThat(
            Outcomes.of("sysdig", EXIT, "log", List.of("1 0 7 a 7 procexit > status=0"))
                .event()
                .kind())
        .as("it has no end, so the setting does not matter")
        .isEqualTo(Kind.PROCESS_END);
  }

  @Test
  void execveRunsAProgram() {
    SystemCallEvent enter = event("1 0 7 sh 7 execve > filename=/bin/ls ");
    assertThat(enter.kind()).isEqualTo(Kind.EXEC);
    assertThat(enter.executable()).isEqualTo("/bin/ls");

    SystemCallEvent exit =
        Outcomes.of("sysdig", EXIT, "log", List.of("1 0 7 ls 7 execve < res=0 exe=/bin/ls args=-l"))
            .event();
    assertThat(exit.kind()).isEqualTo(Kind.EXEC);
    assertThat(exit.executable()).isEqualTo("/bin/ls");

    SystemCallEvent failed =
        Outcomes.of("sysdig", EXIT, "log", List.of("1 0 7 sh 7 execve < res=-2(ENOENT) exe=/x"))
            .event();
    assertThat(failed.kind()).isEqualTo(Kind.CALL);
    assertThat(failed.executable()).isEqualTo("sh");

    assertThat(event("1 0 7 sh 7 execve >").executable()).isEqualTo("sh");
  }

  @Test
  void aCallWithoutAnEventOfItsOwnIsNamedInItsArguments() {
    assertThat(event("1 0 7 sh 7 syscall > ID=334(rseq) nativeID=334 ").call()).isEqualTo(386);
    assertThat(event("1 0 7 sh 7 syscall > ID=1(hyper_call) ").unknownName())
        .isEqualTo("hyper_call");
    assertThat(event("1 0 7 sh 7 syscall > nativeID=334").call()).isEqualTo(386);
    assertThat(event("1 0 7 sh 7 syscall > ID=1 nativeID=59").kind()).isEqualTo(Kind.EXEC);
    assertThat(
            Outcomes.of(
                    "sysdig",
                    "1 0 7 sh 7 syscall > ID=334",
                    "1 0 7 sh 7 syscall > nativeID=4294967295",
                    "1 0 7 sh 7 syscall > nativeID=x")
                .rejected)
        .containsExactly(
            "has a call without a name or number: 'ID=334'",
            "has a call without a name or number: 'nativeID=4294967295'",
            "has a call without a name or number: 'nativeID=x'");
  }

  @Test
  void whatIsNoCallIsIgnoredByName() {
    Outcomes outcomes =
        Outcomes.of(
            "sysdig",
            "1 0 7 sh 7 switch > next=0 pgft_maj=0",
            "1 0 7 sh 7 signaldeliver > spid=1 dpid=2 sig=9(SIGKILL)",
            "Attaching 2 probes...",
            "Lost 17 events",
            "");
    assertThat(outcomes.events).isEmpty();
    assertThat(outcomes.ignored)
        .isEqualTo(
            Map.of(
                "event switch", 1,
                "event signaldeliver", 1,
                "message of bpftrace", 1,
                "loss of events by bpftrace", 1,
                "empty line", 1));
  }

  @Test
  void badLinesAreRejectedWithTheirReason() {
    assertThat(
            Outcomes.of(
                    "sysdig",
                    "brk(NULL) = 0",
                    "99999999999999999999 0 7 sh 7 read > fd=3",
                    "1631078867380460410 root 7 sh 7 read > fd=3",
                    "1631078867380460410 0 7 sh 7 rea",
                    "1631078867380460410 0 7 sh 7 read >x",
                    "1631078867380460410 0 7 1234567890123456 7 read > fd=3")
                .rejected)
        .containsExactly(
            "does not begin with time, user and process: 'brk(NULL) = 0'",
            "does not begin with time, user and process:"
                + " '99999999999999999999 0 7 sh 7 read > fd=...'",
            "does not begin with time, user and process:"
                + " '1631078867380460410 root 7 sh 7 read > f...'",
            "has no thread, call and direction: '1631078867380460410 0 7 sh 7 rea'",
            "has no thread, call and direction: '1631078867380460410 0 7 sh 7 read >x'",
            "has no thread, call and direction: '1631078867380460410 0 7 1234567890123456...'");
    assertThat(event("1 -1 7 sh 7 read > fd=3").call()).as("an unknown user").isEqualTo(3);
  }
}
