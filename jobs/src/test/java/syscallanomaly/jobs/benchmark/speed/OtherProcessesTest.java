package syscallanomaly.jobs.benchmark.speed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherProcessesTest {
  @Test
  void whatIsBusyAndNotOurOwnIsTheirs() {
    assertThat(OtherProcesses.busyCores(0.75, 4, 3_000, 2_000)).isEqualTo(1.5);
    assertThat(OtherProcesses.busyCores(1, 2, 0, 1_000)).isEqualTo(2);
  }

  @Test
  void anIdleMachineHasNoneBusy() {
    assertThat(OtherProcesses.busyCores(0, 8, 0, 1_000)).isZero();
  }

  @Test
  void theyNeverKeepFewerThanNoneBusy() {
    assertThat(OtherProcesses.busyCores(0.25, 4, 1_100, 1_000)).isZero();
  }
}
