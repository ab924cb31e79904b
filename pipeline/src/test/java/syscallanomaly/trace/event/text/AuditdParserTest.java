package syscallanomaly.trace.event.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import syscallanomaly.trace.call.Architecture;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SysdigDirection;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;

class AuditdParserTest {
  private static final String RAW =
      "type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e syscall=2 success=no exit=-13"
          + " a0=7fffd19c5592 a1=0 a2=7fffd19c4b50 a3=a items=1 ppid=2686 pid=3538 auid=1000"
          + " uid=1000 gid=1000 euid=1000 suid=1000 fsuid=1000 egid=1000 sgid=1000 fsgid=1000"
          + " tty=pts0 ses=1 comm=\"cat\" exe=\"/bin/cat\" key=\"sshd_config\"";

  private static SystemCallEvent event(String line) {
    return Outcomes.of("auditd", line).event();
  }

  private static String rejection(String line) {
    Outcomes outcomes = Outcomes.of("auditd", line);
    assertThat(outcomes.rejected).hasSize(1);
    return outcomes.rejected.get(0);
  }

  @Test
  void aRawRecordIsACall() {
    assertThat(event(RAW))
        .isEqualTo(
            new SystemCallEvent(
                Kind.CALL,
                "",
                "",
                3538,
                3538,
                null,
                "/bin/cat",
                1364481363_243_024287L,
                5,
                null,
                null));
  }

  @Test
  void theHostStandsInFront() {
    assertThat(event("node=web1.example " + RAW).host()).isEqualTo("web1.example");
  }

  @Test
  void anEnrichedRecordNamesTheCall() {
    String enriched = RAW + "\u001dARCH=x86_64 SYSCALL=openat AUID=\"root\" UID=\"root\"";
    assertThat(event(enriched).call()).as("the name counts").isEqualTo(295);

    String unknown = RAW + "\u001dARCH=x86_64 SYSCALL=unknown-syscall(2) AUID=\"root\"";
    assertThat(event(unknown).call()).as("no name: the number counts").isEqualTo(5);

    String added = RAW + "\u001dARCH=x86_64 SYSCALL=hyper_call AUID=\"root\"";
    assertThat(event(added).unknownName()).isEqualTo("hyper_call");
  }

  @Test
  void theArchitectureSaysWhatANumberMeans() {
    assertThat(event(RAW.replace("c000003e syscall=2", "c00000b7 syscall=56")).call())
        .isEqualTo(295);
    assertThat(event(RAW.replace("c000003e syscall=2", "40000003 syscall=11")).call())
        .isEqualTo(11);
    assertThat(event(RAW.replace("c000003e syscall=2", "c00000b7 syscall=900")).call())
        .isEqualTo((1 << 22) + 900);
    assertThat(event(RAW.replace("c000003e syscall=2", "aarch64 syscall=openat")).call())
        .as("an interpreted record")
        .isEqualTo(295);
    assertThat(event(RAW.replace("c000003e syscall=2", "40000028 syscall=openat")).call())
        .as("a name needs no table")
        .isEqualTo(295);
  }

  @Test
  void theSettingStandsInWhereNoArchitectureIsSaid() {
    String without = RAW.replace("arch=c000003e syscall=2", "syscall=56");
    assertThat(event(without).call()).as("clone of x86-64").isEqualTo(120);

    EventSettings arm =
        new EventSettings(Optional.of(Architecture.ARM64), false, SysdigDirection.ENTER);
    assertThat(Outcomes.of("auditd", arm, "log", List.of(without)).event().call()).isEqualTo(295);
    assertThat(Outcomes.of("auditd", arm, "log", List.of(RAW)).event().call())
        .as("what the record says goes first")
        .isEqualTo(5);
  }

  @Test
  void aSuccessfulExecveRunsAProgram() {
    String exec = RAW.replace("syscall=2 success=no", "syscall=59 success=yes");
    assertThat(event(exec).kind()).isEqualTo(Kind.EXEC);
    assertThat(event(exec).executable()).isEqualTo("/bin/cat");
    assertThat(event(RAW.replace("syscall=2 ", "syscall=59 ")).kind()).isEqualTo(Kind.CALL);
  }

  @Test
  void textWithBlanksStandsInBaseSixteen() {
    String hex = RAW.replace("exe=\"/bin/cat\"", "exe=2F746D702F6120623D6322");
    assertThat(event(hex).executable()).isEqualTo("/tmp/a b=c\"");
    assertThat(event(RAW.replace("exe=\"/bin/cat\"", "exe=(null)")).executable()).isNull();
    assertThat(event(RAW.replace("exe=\"/bin/cat\" ", "")).executable()).isNull();
    assertThat(event(RAW.replace("exe=\"/bin/cat\"", "exe=/bin/cat")).executable())
        .isEqualTo("/bin/cat");
  }

  @Test
  void theSerialNumberOrdersCallsOfOneMillisecond() {
    List<SystemCallEvent> events =
        Outcomes.of(
                "auditd",
                RAW.replace(":24287", ":24289"),
                RAW.replace(":24287", ":7024288"),
                RAW.replace(".243:24287", ".242:99999999"))
            .events;

    assertThat(events)
        .extracting(SystemCallEvent::time)
        .containsExactly(1364481363_243_024289L, 1364481363_243_024288L, 1364481363_242_999999L);
  }

  @Test
  void otherRecordsAreCountedByType() {
    Outcomes outcomes =
        Outcomes.of(
            "auditd",
            "type=CWD msg=audit(1364481363.243:24287):  cwd=\"/home/shadowman\"",
            "type=PATH msg=audit(1364481363.243:24287): item=0 name=\"/etc/ssh/sshd_config\"",
            "node=a type=PATH msg=audit(1364481363.243:24287): item=1 name=\"/etc\"",
            "type=MADE_UP_1 msg=audit(1364481363.243:24287): x",
            "type=MADE_UP_2 msg=audit(1364481363.243:24287): x",
            "type=1327 audit(1364481363.243:24287): proctitle=6C73",
            "----",
            "time->Thu Mar 28 15:36:03 2013",
            "");

    assertThat(outcomes.events).isEmpty();
    assertThat(outcomes.rejected).isEmpty();
    assertThat(outcomes.ignored)
        .isEqualTo(
            Map.of(
                "record CWD", 1,
                "record PATH", 2,
                "record of another type", 3,
                "separator of ausearch", 2,
                "empty line", 1));
  }

  @Test
  void theKernelsOwnLogNumbersTheType() {
    assertThat(event(RAW.replace("type=SYSCALL msg=", "type=1300 ")).call()).isEqualTo(5);
  }

  @Test
  void aFieldOfAnotherNameIsNotTaken() {
    assertThat(event(RAW.replace(" pid=3538", " opid=1 pid=3538 spid=2")).process())
        .isEqualTo(3538);
    assertThat(rejection(RAW.replace(" pid=3538", ""))).startsWith("has no process: 'type=SYSC");
  }

  @Test
  void badRecordsAreRejectedWithTheirReason() {
    assertThat(rejection("brk(NULL) = 0")).isEqualTo("is no audit record: 'brk(NULL) = 0'");
    assertThat(rejection("type=SYSCALL"))
        .isEqualTo("is an audit record without time and serial number: 'type=SYSCALL'");
    assertThat(rejection(RAW.substring(0, 40)))
        .startsWith("has a time that is not as the kernel writes it, which ausearch --raw keeps:");
    assertThat(rejection(RAW.substring(0, 60))).startsWith("has no system call: 'type=SYSCALL");
    assertThat(rejection(RAW.substring(0, 75))).startsWith("has no process: 'type=SYSCALL");
    assertThat(rejection(RAW.replace("pid=3538", "pid=x"))).endsWith("is no number: 'x'");
    assertThat(rejection(RAW.replace("syscall=2", "syscall=4294967295")))
        .isEqualTo("has a number that no system call can have: '4294967295'");
    assertThat(rejection(RAW.replace("c000003e", "40000028")))
        .isEqualTo(
            "has the architecture '40000028', which has no table; there are i386, x86-64, arm64");
    assertThat(rejection(RAW.replace("1364481363.243", "9223372036854775807.243")))
        .startsWith("has a time that is not");
    assertThat(rejection(RAW.replace("audit(1364481363.243", "audit(28/03/13 15:36:03.243")))
        .startsWith("has a time that is not");
  }

  @Test
  void aLogGoesOnInTheNextFileOfItsFolder() {
    AuditdFormat format = new AuditdFormat();
    assertThat(format.recording("web1/audit.log.1.gz")).isEqualTo("web1");
    assertThat(format.recording("audit.log")).isEmpty();
    assertThat(format.tellsProcesses()).isTrue();
  }
}
