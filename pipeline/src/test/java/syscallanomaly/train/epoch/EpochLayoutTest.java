package syscallanomaly.train.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochLayoutTest {
  @Test
  void oneSequenceLeftOverMakesNoRoundOfItsOwn() {
    EpochLayout layout = new EpochLayout(101, 2, 50, 1);

    assertThat(IntStream.range(0, 3).mapToLong(round -> size(layout, round)))
        .containsExactly(34L, 34L, 33L);
    assertThat(IntStream.range(68, 101).filter(place -> layout.workerOf(place) == 0)).hasSize(17);
  }

  @Test
  void updatesLeftOverAreSpreadOverTheRounds() {
    // 28 updates in rounds of at most 6: not 6, 6, 6, 6, 4.
    EpochLayout layout = new EpochLayout(712, 2, 26, 6);

    assertThat(layout.updates()).isEqualTo(28);
    assertThat(IntStream.rangeClosed(0, 5).mapToLong(layout::firstUpdateOf))
        .containsExactly(0L, 6L, 12L, 18L, 23L, 28L);
  }

  private static long size(EpochLayout layout, int round) {
    return layout.firstPlaceOf(round + 1) - layout.firstPlaceOf(round);
  }

  @Property(tries = 300)
  void nothingDiffersByMoreThanOne(
      @ForAll @IntRange(min = 1, max = 2000) int examples,
      @ForAll @IntRange(min = 1, max = 5) int workers,
      @ForAll @IntRange(min = 1, max = 60) int batchSize,
      @ForAll @IntRange(min = 1, max = 6) int frequency) {
    EpochLayout layout = new EpochLayout(examples, workers, batchSize, frequency);
    int[] ofUpdate = new int[(int) layout.updates()];
    int[][] ofWorker = new int[ofUpdate.length][workers];
    int[] updatesOfRound = new int[layout.rounds()];
    int last = -1;
    for (int place = 0; place < examples; place++) {
      int update = (int) layout.updateOf(place);
      if (update != last) {
        updatesOfRound[layout.roundOf(place)]++;
        last = update;
      }
      ofUpdate[update]++;
      ofWorker[update][layout.workerOf(place)]++;
    }

    assertEven(ofUpdate, batchSize);
    assertEven(updatesOfRound, frequency);
    for (int[] shares : ofWorker) {
      assertEven(shares, (batchSize + workers - 1) / workers);
    }
    assertThat(ofUpdate).hasSize((examples + batchSize - 1) / batchSize);
  }

  private static void assertEven(int[] sizes, int largest) {
    int most = Arrays.stream(sizes).max().orElseThrow();
    assertThat(most).isLessThanOrEqualTo(largest);
    assertThat(most - Arrays.stream(sizes).min().orElseThrow()).isLessThanOrEqualTo(1);
  }
}
