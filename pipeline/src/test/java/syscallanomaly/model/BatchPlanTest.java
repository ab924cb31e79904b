package syscallanomaly.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
  /** The same batches, one trace after the other. */
  private static List<Long> greedy(List<Integer> longestFirst, int mostRows, long mostCells) {
    List<Long> batches = new ArrayList<>();
    long batch = -1;
    long rows = 0;
    long longest = 0;
    for (int length : longestFirst) {
      if (rows == 0 || rows == mostRows || (rows + 1) * longest > mostCells) {
        batch++;
        rows = 0;
        longest = length;
      }
      rows++;
      batches.add(batch);
    }
    return batches;
  }

  private static List<Long> planned(List<Integer> lengths, int mostRows, long mostCells) {
    TreeMap<Integer, Long> ofLength = new TreeMap<>();
    lengths.forEach(length -> ofLength.merge(length, 1L, Long::sum));
    BatchPlan plan = BatchPlan.of(ofLength, mostRows, mostCells);
    List<Long> batches = new ArrayList<>();
    for (int trace = 0; trace < lengths.size(); trace++) {
      batches.add(plan.batchOf(trace));
    }
    return batches;
  }

  @Test
  void aBatchEndsAtItsBounds() {
    assertThat(planned(List.of(100, 6, 6, 5, 3, 3, 2, 2, 2, 2), 4, 12))
        .containsExactly(0L, 1L, 1L, 2L, 2L, 3L, 3L, 3L, 3L, 4L);
  }

  @Test
  void tracesWithoutCallsShareABatch() {
    assertThat(planned(List.of(12, 0, 0, 0), 2, 12)).containsExactly(0L, 1L, 1L, 2L);
  }

  @Test
  void thePlanIsThatOfTakingOneTraceAfterTheOther() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      List<Integer> lengths = new ArrayList<>();
      for (int trace = random.nextInt(60); trace >= 0; trace--) {
        lengths.add(1 + random.nextInt(40));
      }
      lengths.sort(Collections.reverseOrder());
      int mostRows = 1 + random.nextInt(9);
      int mostCells = 1 + random.nextInt(200);
      assertThat(planned(lengths, mostRows, mostCells))
          .isEqualTo(greedy(lengths, mostRows, mostCells));
    }
  }
}
