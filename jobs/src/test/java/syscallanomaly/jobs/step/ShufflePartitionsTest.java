package syscallanomaly.jobs.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShufflePartitionsTest {
  private static final long MIB = 1 << 20;

  @Test
  void littleDataIsDealtOutToTheCores() {
    assertThat(ShufflePartitions.of(2, 0)).isEqualTo(8);
    assertThat(ShufflePartitions.of(2, 8 * MIB)).isEqualTo(8);
  }

  @Test
  void aPartitionTakesTheWindowsOfAMebibyte() {
    assertThat(ShufflePartitions.of(2, 12 * MIB)).isEqualTo(12);
    assertThat(ShufflePartitions.of(2, 120 * MIB)).isEqualTo(120);
  }

  @Test
  void thereAreNotTooManyForTheTasksThatWriteThem() {
    assertThat(ShufflePartitions.of(2, 1L << 40)).isEqualTo(4000);
    assertThat(ShufflePartitions.of(2000, 1L << 40)).isEqualTo(8000);
  }
}
