package syscallanomaly.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import syscallanomaly.Kryo;

class TimeBreakdownTest {
  private static final long SECOND = 1_000_000_000;
  private static final TimeBreakdown ONE = new TimeBreakdown(8, 4, 1, 16, 6, 2, 3);
  private static final TimeBreakdown OTHER = new TimeBreakdown(7, 5, 1, 10, 7, 1, 2);

  @Test
  void whatComesLaterIsAdded() {
    assertThat(ONE.then(OTHER)).isEqualTo(new TimeBreakdown(15, 9, 2, 26, 13, 3, 5));
    assertThat(ONE.then(TimeBreakdown.NONE)).isEqualTo(ONE);
  }

  @Test
  void besideEachOtherTheSlowestCounts() {
    assertThat(ONE.beside(OTHER)).isEqualTo(new TimeBreakdown(15, 9, 1, 16, 7, 2, 3));
    assertThat(OTHER.beside(ONE)).isEqualTo(ONE.beside(OTHER));
    assertThat(ONE.beside(TimeBreakdown.NONE)).isEqualTo(ONE);
  }

  @Test
  void whatIsLeftOfARoundIsOther() {
    assertThat(ONE.otherSeconds()).isEqualTo(16 - 6 - 2 - 3);
  }

  @Test
  void aRoundIsThatOfItsWorkersAndTheDriver() {
    TimeBreakdown workers =
        TimeBreakdown.ofWorker(2 * SECOND, 5 * SECOND, 3 * SECOND)
            .then(TimeBreakdown.ofAggregation(1 * SECOND))
            .beside(TimeBreakdown.ofWorker(1 * SECOND, 6 * SECOND, 2 * SECOND));
    TimeBreakdown round =
        workers
            .then(TimeBreakdown.ofBroadcast(4 * SECOND))
            .then(TimeBreakdown.ofAggregation(2 * SECOND))
            .then(TimeBreakdown.ofRound(20 * SECOND));

    assertThat(round).isEqualTo(new TimeBreakdown(11, 5, 1, 20, 6, 6, 3));
  }

  @Test
  void scoringHasNoRounds() {
    assertThat(TimeBreakdown.ofCompute(3 * SECOND, SECOND / 2))
        .isEqualTo(new TimeBreakdown(3, 0.5, 0, 0, 0, 0, 0));
  }

  @Test
  void kryoRestoresTimesAndTotals() {
    PredictionTotals totals = new PredictionTotals(3, 1.5, 2);

    assertThat(Kryo.copy(ONE)).isEqualTo(ONE);
    assertThat(Kryo.copy(totals)).isEqualTo(totals);
  }
}
