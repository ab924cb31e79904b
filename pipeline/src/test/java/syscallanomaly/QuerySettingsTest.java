package syscallanomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuerySettingsTest {
  private static final long MIB = 1 << 20;

  @Test
  void littleDataIsDealtOutToTheCores() {
    assertThat(QuerySettings.partitions(2, 0)).isEqualTo(2);
    assertThat(QuerySettings.partitions(2, MIB)).isEqualTo(4);
    assertThat(QuerySettings.partitions(2, 2 * MIB)).isEqualTo(8);
    assertThat(QuerySettings.partitions(2, 8 * MIB)).isEqualTo(8);
    assertThat(QuerySettings.partitions(64, MIB)).isEqualTo(64);
  }

  @Test
  void aPartitionTakesTheWindowsOfAMebibyte() {
    assertThat(QuerySettings.partitions(2, 12 * MIB)).isEqualTo(12);
    assertThat(QuerySettings.partitions(2, 120 * MIB)).isEqualTo(120);
  }

  @Test
  void thereAreNotTooManyForTheTasksThatWriteThem() {
    assertThat(QuerySettings.partitions(2, 1L << 40)).isEqualTo(4000);
    assertThat(QuerySettings.partitions(2000, 1L << 40)).isEqualTo(8000);
  }

  @Test
  void queriesAreCompiledAndPlannedAnewWhereTheDataRepayIt() {
    assertThat(QuerySettings.optimised(0)).isFalse();
    assertThat(QuerySettings.optimised(8 * MIB - 1)).isFalse();
    assertThat(QuerySettings.optimised(8 * MIB)).isTrue();
  }
}
