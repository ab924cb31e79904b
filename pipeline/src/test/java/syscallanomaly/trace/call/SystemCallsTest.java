package syscallanomaly.trace.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SystemCallsTest {
  private static final SystemCalls CALLS = SystemCalls.tables();

  /** The numbers of an architecture's own calls that have a name. */
  private static List<Integer> named(Architecture architecture) {
    return IntStream.range(0, 1024)
        .filter(own -> !CALLS.name(CALLS.number(architecture, own)).startsWith("call "))
        .boxed()
        .toList();
  }

  @Test
  void callsOf32BitX86KeepTheirNumbers() {
    assertThat(CALLS.number("execve")).isEqualTo(11);
    assertThat(CALLS.name(11)).isEqualTo("execve");
    assertThat(CALLS.number("socketcall")).isEqualTo(102);
    assertThat(CALLS.number("prlimit64")).isEqualTo(340);
    assertThat(CALLS.number("rseq_slice_yield")).isEqualTo(471);
    assertThat(named(Architecture.I386))
        .hasSize(461)
        .allSatisfy(own -> assertThat(CALLS.number(Architecture.I386, own)).isEqualTo(own));
  }

  @Test
  void aCallHasOneNumberOnAllArchitectures() {
    assertThat(CALLS.number(Architecture.I386, 295)).isEqualTo(295);
    assertThat(CALLS.number(Architecture.X86_64, 257)).isEqualTo(295);
    assertThat(CALLS.number(Architecture.ARM64, 56)).isEqualTo(295);
    assertThat(CALLS.name(295)).isEqualTo("openat");
    assertThat(CALLS.number(Architecture.X86_64, 59)).isEqualTo(11);
    assertThat(CALLS.number(Architecture.ARM64, 221)).isEqualTo(11);
    assertThat(CALLS.number(Architecture.X86_64, 262)).isEqualTo((1 << 20) + 7);
    assertThat(CALLS.number(Architecture.ARM64, 79)).isEqualTo((1 << 20) + 7);
  }

  @Test
  void theTablesHaveTheCallsOfLinux() {
    assertThat(named(Architecture.X86_64)).hasSize(421).endsWith(546, 547);
    assertThat(named(Architecture.ARM64)).hasSize(327).endsWith(470, 471);
  }

  @Test
  void numbersOfCallsThatI386LacksNeverChange() {
    assertThat(IntStream.range(0, 14).mapToObj(row -> CALLS.name((1 << 20) + row)))
        .containsExactly(
            "accept",
            "semop",
            "tuxcall",
            "security",
            "epoll_ctl_old",
            "epoll_wait_old",
            "semtimedop",
            "newfstatat",
            "kexec_file_load",
            "uretprobe",
            "uprobe",
            "send",
            "recv",
            "call " + ((1 << 20) + 13));
  }

  @Test
  void namesAndNumbersAreEachOthersInverse() {
    for (Architecture architecture : Architecture.values()) {
      assertThat(named(architecture))
          .allSatisfy(
              own -> {
                int number = CALLS.number(architecture, own);
                assertThat(CALLS.number(CALLS.name(number))).isEqualTo(number);
              });
    }
  }

  @Test
  void x32MarksItsNumbersWithABit() {
    assertThat(CALLS.number(Architecture.X86_64, (1 << 30) + 257)).isEqualTo(295);
    assertThat(CALLS.number(Architecture.X86_64, (1 << 30) + 520)).isEqualTo(11);
  }

  @Test
  void aNumberThatNoTableHoldsIsKept() {
    assertThat(CALLS.number(Architecture.I386, 600)).isEqualTo(600);
    assertThat(CALLS.name(600)).isEqualTo("call 600");
    assertThat(CALLS.number(Architecture.X86_64, 600)).isEqualTo((1 << 21) + 600);
    assertThat(CALLS.name((1 << 21) + 600)).isEqualTo("call 600 of x86-64");
    assertThat(CALLS.number(Architecture.ARM64, 600)).isEqualTo((1 << 22) + 600);
    assertThat(CALLS.name((1 << 22) + 600)).isEqualTo("call 600 of arm64");
  }

  @Test
  void aNumberThatNoCallCanHaveIsRefused() {
    assertThatThrownBy(() -> CALLS.number(Architecture.X86_64, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot number the system call -1 of x86-64: no such call can be; numbers are 0 to"
                + " 1048575");
    assertThatThrownBy(() -> CALLS.number(Architecture.I386, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameThatNoTableHoldsHasAHashForItsNumber() {
    int number = CALLS.number("hyper_call");

    assertThat(number).isEqualTo(1493675868);
    assertThat(CALLS.known("hyper_call")).isEmpty();
    assertThat(CALLS.name(number)).isEqualTo("call with the hash 419934044");
    assertThat(CALLS.withNames(Map.of(number, "hyper_call", 11, "ignored")).name(number))
        .isEqualTo("hyper_call");
    assertThat(CALLS.withNames(Map.of(11, "ignored")).name(11)).isEqualTo("execve");
  }

  @Test
  void otherProgramsNamesAreKnown() {
    assertThat(CALLS.number("pread")).isEqualTo(CALLS.number("pread64"));
    assertThat(CALLS.name(CALLS.number("pread"))).isEqualTo("pread64");
    assertThat(CALLS.number("newfstat")).isEqualTo(CALLS.number("fstat"));
  }

  @Test
  void variantsOfACallAreOne() {
    assertThat(CALLS.merged(CALLS.number("mmap2"))).isEqualTo(CALLS.number("mmap"));
    assertThat(CALLS.merged(CALLS.number("mmap"))).isEqualTo(CALLS.number("mmap"));
    assertThat(CALLS.merged(CALLS.number("stat64"))).isEqualTo(CALLS.number("newfstatat"));
    assertThat(CALLS.merged(CALLS.number("open"))).isEqualTo(CALLS.number("openat"));
    assertThat(CALLS.merged(CALLS.number("_llseek"))).isEqualTo(CALLS.number("lseek"));
    assertThat(CALLS.merged(CALLS.number("read"))).isEqualTo(CALLS.number("read"));
  }

  @Test
  void whatStandsForAVariantIsNoVariant() {
    Set<Integer> merged = new HashSet<>();
    for (int number = 0; number < (1 << 20) + 100; number++) {
      int one = CALLS.merged(number);
      assertThat(CALLS.merged(one)).isEqualTo(one);
      if (one != number) {
        merged.add(number);
      }
    }
    assertThat(merged).hasSize(105);
  }

  @Property
  void everyNumberOfAnArchitectureHasItsOwnPlace(
      @ForAll Architecture architecture,
      @ForAll @IntRange(max = (1 << 20) - 1) int own,
      @ForAll @IntRange(max = 511) int other) {
    if (own != other && own < 512) {
      assertThat(CALLS.number(architecture, own)).isNotEqualTo(CALLS.number(architecture, other));
    }
    assertThat(CALLS.number(architecture, own)).isBetween(0, (1 << 23) - 1);
  }
}
