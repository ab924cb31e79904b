package syscallanomaly.trace.event.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.commons.codec.binary.Hex;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;

/** Whatever a line holds, it gives one event, one ignored line or one rejected line. */
class AnyLineTest {
  private static final String PIECES =
      " \t<>()[]{}\"'\\=:.,+-_?/|@#0123456789abcxEN\u001d\u0000é\ud83d";
  private static final List<String> FORMATS = List.of("strace", "auditd", "sysdig");
  private static final List<String> LINES =
      List.of(
          "4711 1796016201.795776 [  12] [00007f84db6f4c47] openat(AT_FDCWD, \"a\", 0) = 3 <0.1>",
          "[pid  4711<a b>] 11:02:03.123456 <... clone3 resumed> => {parent_tid=[7]}, 88) = 7",
          "4711 execve(\"/bin/l\\303\\251\", [\"ls\", \"x) = -1\"], 0x7ff /* 35 vars */) = 0",
          "7 clone3({flags=CLONE_VM|CLONE_THREAD} => {parent_tid=[12985]}, 88) = 12985",
          "4711      0.000343 +++ killed by SIGSEGV (core dumped) +++",
          "syscall_0x258(0x1, 0x2) = -1 ENOSYS (Function not implemented)",
          "node=web1 type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e syscall=59"
              + " success=yes exit=0 ppid=2686 pid=3538 auid=1000 comm=\"cat\" exe=2F746D70"
              + " key=(null)\u001dARCH=x86_64 SYSCALL=execve AUID=\"root\"",
          "type=PATH msg=audit(1364481363.243:24287): item=0 name=\"/etc\"",
          "1631078867467689061 33 2902774 tmux: server 2902775 epoll_wait > maxevents=2",
          "1631078867467689061 33 7 sh 7 execve < res=0 exe=/bin/ls args=-l",
          "1631078867467689061 33 7 sh 7 syscall > ID=334(rseq)");

  @Property(tries = 2000)
  void anyTextGivesOneThing(@ForAll String line, @ForAll boolean cut) {
    check(line, cut);
  }

  @Property(tries = 2000)
  void textOfTheFormatsPiecesGivesOneThing(@ForAll("ofPieces") String line, @ForAll boolean cut) {
    check(line, cut);
  }

  @Property(tries = 10_000)
  void aDamagedLineGivesOneThing(@ForAll("damagedLines") String line, @ForAll boolean cut) {
    check(line, cut);
  }

  private static void check(String line, boolean cut) {
    for (String format : FORMATS) {
      // Outcomes checks that a line gives exactly one thing.
      Outcomes outcomes = cut ? Outcomes.ofCut(format, line) : Outcomes.of(format, line);
      assertThat(outcomes.rejected)
          .allSatisfy(
              reason -> {
                assertThat(reason).hasSizeLessThan(400);
                assertThat(reason.codePoints().noneMatch(Character::isISOControl)).isTrue();
              });
      assertThat(outcomes.events)
          .allSatisfy(
              event -> {
                boolean end = event.kind() == Kind.PROCESS_END || event.kind() == Kind.THREAD_END;
                assertThat(event.call()).isGreaterThanOrEqualTo(end ? -1 : 0);
                assertThat(event.unknownName() != null).isEqualTo(event.call() >= 1 << 30);
                assertThat(event.process()).isNotNegative();
                assertThat(event.thread()).isNotNegative();
              });
    }
  }

  @Property
  void linesDoNotDependOnEachOther(
      @ForAll @Size(max = 10) List<@net.jqwik.api.From("damagedLines") String> lines) {
    for (String format : FORMATS) {
      Outcomes together = Outcomes.of(format, lines.toArray(String[]::new));
      List<SystemCallEvent> events = new ArrayList<>();
      List<String> rejected = new ArrayList<>();
      for (String line : lines) {
        Outcomes alone = Outcomes.of(format, line);
        events.addAll(alone.events);
        rejected.addAll(alone.rejected);
      }
      assertThat(together.events).isEqualTo(events);
      assertThat(together.rejected).isEqualTo(rejected);
    }
  }

  @Property
  void whatATracedProgramWritesCannotChangeALineOfStrace(@ForAll @Size(max = 40) byte[] written) {
    String line = "7 1796016201.5 write(1, \"" + escaped(written) + "\", 9) = 9";
    assertThat(Outcomes.of("strace", line).event())
        .isEqualTo(
            new SystemCallEvent(
                Kind.CALL, "", "", 7, 7, null, null, 1796016201_500_000_000L, 4, null, null));

    String exec =
        "7 execve(\"/" + escaped(written) + "\", [\"" + escaped(written) + "\"], 0x1) = 0";
    SystemCallEvent event = Outcomes.of("strace", exec).event();
    assertThat(event.kind()).isEqualTo(Kind.EXEC);
    assertThat(event.executable()).isEqualTo("/" + new String(written, StandardCharsets.UTF_8));
  }

  /** As strace writes strings. */
  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        default -> text.append(c >= ' ' && c < 0x7f ? "" + c : "\\%03o".formatted((int) c));
      }
    }
    return text.toString();
  }

  @Property
  void theNameOfAProcessCannotChangeALineOfSysdig(@ForAll("processNames") String name) {
    SystemCallEvent event =
        Outcomes.of("sysdig", "1631078867467689061 33 7 " + name + " 8 read > fd=3 size=9").event();
    assertThat(event.executable()).isEqualTo(name);
    assertThat(event.thread()).isEqualTo(8);
    assertThat(event.call()).isEqualTo(3);
  }

  @Property
  void thePathOfAProgramCannotChangeAnAuditRecord(@ForAll("paths") String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    boolean plain = path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"');
    String written = plain ? "\"" + path + "\"" : Hex.encodeHexString(bytes, false);
    SystemCallEvent event =
        Outcomes.of(
                "auditd",
                "type=SYSCALL msg=audit(1.002:3): arch=c000003e syscall=0 comm="
                    + written
                    + " exe="
                    + written
                    + " pid=9 key=(null)")
            .event();
    assertThat(event.executable()).isEqualTo(path);
    assertThat(event.process()).isEqualTo(9);
    assertThat(event.call()).isEqualTo(3);
    assertThat(event.time()).isEqualTo(1_002_000_003L);
  }

  @Provide
  Arbitrary<String> ofPieces() {
    return Arbitraries.strings().withChars(PIECES.toCharArray()).ofMaxLength(60);
  }

  @Provide
  Arbitrary<String> processNames() {
    return Arbitraries.strings().withChars(" 0123456789abcread<>=.:").ofMaxLength(15);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.strings()
        .withChars("/ab \"=\npid1.é".toCharArray())
        .ofMinLength(1)
        .ofMaxLength(30);
  }

  /** A line with characters changed, left out or put in, cut off, or joined to another. */
  @Provide
  Arbitrary<String> damagedLines() {
    return Combinators.combine(
            Arbitraries.of(LINES),
            Arbitraries.integers().between(0, 6),
            Arbitraries.randomValue(Random::nextLong))
        .as((line, damages, seed) -> damaged(line, damages, new Random(seed)));
  }

  private static String damaged(String line, int damages, Random random) {
    StringBuilder text = new StringBuilder(line);
    for (int i = 0; i < damages; i++) {
      int at = random.nextInt(text.length() + 1);
      char piece = PIECES.charAt(random.nextInt(PIECES.length()));
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, piece);
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        case 2 -> text.setLength(at);
        case 3 -> text.insert(at, LINES.get(random.nextInt(LINES.size())));
        default -> {
          if (at < text.length()) {
            text.setCharAt(at, piece);
          }
        }
      }
    }
    return text.toString();
  }
}
