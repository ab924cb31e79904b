package syscallanomaly.jobs.benchmark.speed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherProcessesTest {
  @Test
  void theyKeepNoMoreCoresBusyThanThereAre() {
    assertThat(new OtherProcesses().busyCores())
        .isBetween(0.0, (double) Runtime.getRuntime().availableProcessors());
  }
}
