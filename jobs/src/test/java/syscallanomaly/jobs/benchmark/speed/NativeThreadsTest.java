package syscallanomaly.jobs.benchmark.speed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOpsHolder;

class NativeThreadsTest {
  @Test
  void bothNumbersChangeAndComeBack() {
    int openBlas = NativeThreads.now();
    int openMp = openMp();

    try (NativeThreads threads = NativeThreads.set(3)) {
      assertThat(threads).isNotNull();
      assertThat(NativeThreads.now()).isEqualTo(3);
      assertThat(openMp()).isEqualTo(3);
    }

    assertThat(NativeThreads.now()).isEqualTo(openBlas);
    assertThat(openMp()).isEqualTo(openMp);
  }

  private static int openMp() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }
}
