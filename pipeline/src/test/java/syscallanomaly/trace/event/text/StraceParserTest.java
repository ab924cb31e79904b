package syscallanomaly.trace.event.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import syscallanomaly.trace.call.Architecture;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SysdigDirection;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;

class StraceParserTest {
  private static final long SECOND = 1_000_000_000L;

  private static SystemCallEvent event(String line) {
    return Outcomes.of("strace", line).event();
  }

  private static SystemCallEvent call(long thread, Long time, int number) {
    return new SystemCallEvent(
        Kind.CALL, "", "", thread, thread, null, null, time, number, null, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "brk(NULL) = 0x5600|0|",
        "4711 brk(NULL)    = 0x5600|4711|",
        "4711 11:02:03 brk(NULL) = 0x5600|4711|",
        "4711 11:02:03.123456 brk(NULL) = 0x5600 <0.000008>|4711|",
        "4711 1796016201.795776 brk(NULL) = 0x5600|4711|1796016201795776000",
        "4711 1796016201.795776012 brk(NULL) = 0x5600|4711|1796016201795776012",
        "4711 1796016201 brk(NULL) = 0x5600|4711|1796016201000000000",
        "1796016201 brk(NULL) = 0x5600|0|1796016201000000000",
        "1796016201.795776 brk(NULL) = 0x5600 <0.000008>|0|1796016201795776000",
        "     0.000343 brk(NULL) = 0x5600|0|",
        "4711      0.000343 brk(NULL) = 0x5600|4711|",
        "4711 1796016372.157965 (+     0.000250) brk(NULL) = 0x5600|4711|1796016372157965000",
        "11:02:03 (+     0.000250) brk(NULL) = 0x5600|0|",
        "[pid  4711] brk(NULL) = 0x5600|4711|",
        "[pid 4711<a b>] 1796016201.795776 brk(NULL) = 0x5600|4711|1796016201795776000",
        "4711<thr> brk(NULL) = 0x5600|4711|",
        "4711 11:02:03 [  12] [00007f84db6f4c47] brk(NULL) = 0x5600|4711|",
        "4711 [????????????????] brk(NULL) = 0x5600|4711|",
        "[00007f84db6f4c47] brk(NULL) = 0x5600|0|",
      })
  void threadAndTimeStandBeforeTheCall(String line, long thread, Long time) {
    assertThat(event(line)).isEqualTo(call(thread, time, 45));
  }

  @Test
  void theNameOfAFileOfFfEndsWithTheThread() {
    List<String> line = List.of("1796016201.5 brk(NULL) = 0x5600");
    for (String file : List.of("web/log.4711", "web/log.4711.gz", "log.4711.zst")) {
      assertThat(Outcomes.of("strace", EventSettings.defaults(), file, line).event())
          .as(file)
          .isEqualTo(call(4711, 1796016201 * SECOND + SECOND / 2, 45));
    }
    for (String file : List.of("log", "4711", "log.txt", "log.", "a.b/log", "log.99999999999")) {
      assertThat(Outcomes.of("strace", EventSettings.defaults(), file, line).event().thread())
          .as(file)
          .isZero();
    }
  }

  @Test
  void allFilesOfOneFfAreARecording() {
    StraceFormat format = new StraceFormat();
    assertThat(format.recording("web/log.4711.gz")).isEqualTo("web/log");
    assertThat(format.recording("web/log.4712")).isEqualTo("web/log");
    assertThat(format.recording("web/log.gz")).isEqualTo("web/log.gz");
    assertThat(format.tellsProcesses()).isFalse();
  }

  @Test
  void aCallCountsAtItsBeginning() {
    Outcomes outcomes =
        Outcomes.of(
            "strace",
            "12984 mmap(NULL, 8392704, PROT_NONE, MAP_PRIVATE, -1, 0 <unfinished ...>",
            "12985 <... rseq resumed>)               = 0",
            "12984 <... mmap resumed>)               = 0x7f9e37548000 <0.000008>",
            "12984 <... rt_sigprocmask resumed>NULL, 8) = 0",
            "12984 <... futex resumed> )             = ?");

    assertThat(outcomes.names()).containsExactly("mmap", "rseq", "mmap", "rt_sigprocmask", "futex");
    assertThat(outcomes.events)
        .extracting(SystemCallEvent::kind)
        .containsExactly(Kind.CALL, Kind.RESUMED, Kind.RESUMED, Kind.RESUMED, Kind.RESUMED);
    assertThat(outcomes.events)
        .extracting(SystemCallEvent::thread)
        .containsExactly(12984L, 12985L, 12984L, 12984L, 12984L);
  }

  @Test
  void aLineThatIsCutOffInItsArgumentsIsACall() {
    assertThat(event("4711 read(3, \"abc")).isEqualTo(call(4711, null, 3));
    assertThat(event("4711 read(")).isEqualTo(call(4711, null, 3));
    assertThat(Outcomes.of("strace", "4711 rea").rejected)
        .containsExactly("is no line of strace: '4711 rea'");
    assertThat(Outcomes.of("strace", "4711 1796016201.1 ").rejected)
        .containsExactly("ends before the name of a call: '4711 1796016201.1 '");
  }

  @Test
  void signalsAndMessagesAreIgnored() {
    Outcomes outcomes =
        Outcomes.of(
            "strace",
            "4711 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=12989} ---",
            "--- stopped by SIGSTOP ---",
            "strace: Process 4711 attached",
            "Process 4711 attached",
            "[ Process PID=4711 runs in 32 bit mode. ]",
            " > /usr/lib/libc.so.6(__write+0x14) [0x1ab70]",
            " <unfinished ...>",
            " <detached ...>",
            " => {parent_tid=[13014]}, 88) = 13014",
            ", child_tidptr=0x7f673504da10) = 13047",
            "4711 +++ superseded by execve in pid 12999 +++",
            "4711 <... execve resumed>) = 0 <0.000228>",
            "4711 ????( <unfinished ...>",
            "4711 <... ???? resumed>) = ? <unavailable>",
            "",
            "   ");

    assertThat(outcomes.events).isEmpty();
    assertThat(outcomes.rejected).isEmpty();
    assertThat(outcomes.ignored)
        .isEqualTo(
            Map.of(
                "signal", 2,
                "message of strace", 2,
                "mode of the process", 1,
                "stack", 1,
                "rest of a call", 4,
                "superseded by execve", 1,
                "end of an execve", 1,
                "call that strace could not read", 2,
                "empty line", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4711 +++ exited with 0 +++",
        "[pid 4711] +++ killed by SIGKILL +++",
        "4711 +++ killed by SIGSEGV (core dumped) +++"
      })
  void anEndEndsTheThread(String line) {
    assertThat(event(line))
        .isEqualTo(
            new SystemCallEvent(
                Kind.PROCESS_END, "", "", 4711, 4711, null, null, null, -1, null, null));
  }

  @Test
  void execveNamesTheProgramThatRunsFromNowOn() {
    SystemCallEvent exec =
        event("4711 execve(\"/bin/ls\", [\"ls\", \"-l\"], 0x7ff /* 35 vars */) = 0");
    assertThat(exec.kind()).isEqualTo(Kind.EXEC);
    assertThat(exec.executable()).isEqualTo("/bin/ls");
    assertThat(exec.call()).isEqualTo(11);

    SystemCallEvent at = event("execveat(3, \"\", [\"x\"], NULL, AT_EMPTY_PATH <unfinished ...>");
    assertThat(at.kind()).isEqualTo(Kind.EXEC);
    assertThat(at.executable()).isEmpty();
    assertThat(at.call()).isEqualTo(358);
  }

  @Test
  void aFailedExecveIsACall() {
    SystemCallEvent failed =
        event("execve(\"/usr/local/bin/ls\", [\"ls\"], 0x7ff) = -1 ENOENT (No such file)");
    assertThat(failed).isEqualTo(call(0, null, 11));
  }

  @Test
  void aPathHasTheEscapesOfC() {
    assertThat(event("execve(\"/t/a\\\"b\\n\\303\\251\\\\\", [], NULL) = 0").executable())
        .isEqualTo("/t/a\"b\né\\");
    assertThat(event("execve(\"/t/\\x41\\x0a\", [], NULL) = 0").executable()).isEqualTo("/t/A\n");
    assertThat(event("execve(0x7ffe, [], NULL) = 0").executable()).isNull();
  }

  @Test
  void argumentsCannotPretendAResult() {
    assertThat(event("execve(\"/x\", [\"y) = -1 ENOENT\"], NULL <unfinished ...>").kind())
        .isEqualTo(Kind.EXEC);
    assertThat(event("execve(\"/x\", [\"y) = -1 ENOENT\"], NULL) = 0").kind()).isEqualTo(Kind.EXEC);
    assertThat(event("execve(\"/x\", [\"y) = 0\"], NULL) = -1 EACCES (Denied)").kind())
        .isEqualTo(Kind.CALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 clone3({flags=CLONE_VM|CLONE_THREAD} => {parent_tid=[12985]}, 88) = 12985",
        "7 clone(child_stack=0x7f, flags=CLONE_VM|CLONE_THREAD, parent_tid=[12985]) = 12985",
        "7 clone3({flags=CLONE_THREAD}, 88) = 12985<thr> <0.000028>",
        "7 clone3({flags=CLONE_VM|CLONE_THREAD}strace: Process 12985 attached",
        "7 <... clone3 resumed> => {parent_tid=[12985]}, 88) = 12985",
        "7 <... clone resumed>, parent_tid=[12985], tls=0x7f, child_tidptr=0x7f) = 12985"
      })
  void aThreadIsJoinedToItsProcess(String line) {
    assertThat(event(line).createdThread()).isEqualTo(12985);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7) = 12988",
        "7 clone3({flags=CLONE_VM|CLONE_THREAD} <unfinished ...>",
        "7 clone3({flags=CLONE_VM|CLONE_THREAD}, 88) = -1 EAGAIN (Resource unavailable)",
        "7 <... clone resumed>, child_tidptr=0x7f673504da10) = 13047",
        "7 <... clone3 resumed> => {parent_tid=[5]}, 88) = 13047",
        "7 vfork() = 13047",
        "7 write(1, \"CLONE_THREAD) = 5\", 17) = 17"
      })
  void noThreadIsJoinedByOtherCalls(String line) {
    assertThat(event(line).createdThread()).isNull();
  }

  @Test
  void aCallWithoutANameHasItsNumber() {
    assertThat(event("syscall_0x258(0x1, 0x2) = -1 ENOSYS (Function not implemented)").call())
        .isEqualTo((1 << 21) + 600);
    assertThat(event("SYS_600(0x1, 0x2) = -1 ENOSYS (Function not implemented)").call())
        .isEqualTo((1 << 21) + 600);
    assertThat(event("syscall_0x1d7(0x1) = -1 ENOSYS (Function not implemented)").call())
        .as("that strace does not know, but the tables do")
        .isEqualTo(471);

    EventSettings arm =
        new EventSettings(Optional.of(Architecture.ARM64), false, SysdigDirection.ENTER);
    assertThat(
            Outcomes.of("strace", arm, "log", List.of("syscall_0x258(0x1) = -1 ENOSYS (x)"))
                .event()
                .call())
        .isEqualTo((1 << 22) + 600);
    assertThat(Outcomes.of("strace", "syscall_0xffffffffffffffff(0x1) = -1 ENOSYS (x)").rejected)
        .containsExactly(
            "has a number that no system call can have:"
                + " 'syscall_0xffffffffffffffff(0x1) = -1 ENO...'");
  }

  @Test
  void anUnknownNameIsACallLikeOthers() {
    for (String line :
        List.of(
            "hyper_call(1) = 0", "hyper_call(1)         = ?", "hyper_call(1 <unfinished ...>")) {
      SystemCallEvent event = event(line);
      assertThat(event.call()).isEqualTo(SystemCalls.tables().number("hyper_call"));
      assertThat(event.unknownName()).isEqualTo("hyper_call");
    }
    assertThat(Outcomes.ofCut("strace", "hyper_call(1, \"aaaa").event().unknownName())
        .isEqualTo("hyper_call");
  }

  @Test
  void aProgramsOutputIsNoCall() {
    assertThat(Outcomes.of("strace", "printf(hello)", "hello world", "f(x) = y (z)").rejected)
        .containsExactly(
            "has neither a known system call nor the end of one: 'printf(hello)'",
            "is no line of strace: 'hello world'");
  }

  @Test
  void variantsAreOneCallIfTheSettingsSaySo() {
    EventSettings merge = new EventSettings(Optional.empty(), true, SysdigDirection.ENTER);
    List<String> lines =
        List.of("mmap2(NULL, 1) = 0x1", "stat(\"a\", {}) = 0", "newfstatat(3, \"\", {}, 0) = 0");

    assertThat(Outcomes.of("strace", merge, "log", lines).names())
        .containsExactly("mmap", "newfstatat", "newfstatat");
    assertThat(Outcomes.of("strace", lines.toArray(String[]::new)).names())
        .containsExactly("mmap2", "stat", "newfstatat");
  }

  @Test
  void callsThatStraceTakesOutOfSocketcallAreThatCall() {
    assertThat(Outcomes.of("strace", "send(3, \"x\", 1, 0) = 1", "semop(1, [], 1) = 0").names())
        .containsExactly("send", "semop");
  }

  @Test
  void timesOutOfRangeAreLeftOut() {
    assertThat(event("99999999999.5 brk(NULL) = 0").time()).isNull();
    assertThat(
            Stream.of("99999999999999999999.5 brk(NULL) = 0", "11: brk(NULL) = 0", "1x brk() = 0")
                .map(line -> Outcomes.of("strace", line).rejected))
        .allSatisfy(rejected -> assertThat(rejected).hasSize(1));
  }
}
