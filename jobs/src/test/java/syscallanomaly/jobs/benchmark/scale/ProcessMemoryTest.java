package syscallanomaly.jobs.benchmark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
  private static final int MIB = 1 << 20;

  @Test
  void seesWhatIsInUseAtACollectionAndForgetsWhatWasBefore() throws Exception {
    long with = liveWith(256 * MIB);
    try (ProcessMemory memory = ProcessMemory.watch()) {
      assertThat(live(memory, 1)).isPositive().isLessThan(with - 200L * MIB);
    }
  }

  private static long liveWith(int bytes) throws Exception {
    try (ProcessMemory memory = ProcessMemory.watch()) {
      byte[] much = new byte[bytes];
      Arrays.fill(much, (byte) 1);
      long with = live(memory, much.length);
      ProcessMemory.Peak peak = memory.peak();
      assertThat(peak.heap()).isGreaterThanOrEqualTo(much.length);
      assertThat(peak.collectionSeconds()).isPositive();
      if (Files.isWritable(Path.of("/proc/self/clear_refs"))) {
        assertThat(peak.resident().anonymous()).isGreaterThan(much.length);
        assertThat(peak.resident().ofFiles()).isPositive().isLessThan(much.length);
        assertThat(peak.resident().all()).isGreaterThanOrEqualTo(peak.resident().anonymous());
      }
      assertThat(much[MIB]).isEqualTo((byte) 1);
      return with;
    }
  }

  /** Java tells of collections a little after them. */
  private static long live(ProcessMemory memory, long least) throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    do {
      System.gc();
    } while (memory.peak().live() < least && Instant.now().isBefore(end));
    return memory.peak().live();
  }
}
