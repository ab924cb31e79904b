package syscallanomaly.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.Traces.calls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class TraceBatchTest {
  private static final TraceBatch BATCH =
      TraceBatch.of(List.of(calls(3, 1, 2, 4), calls(5, 3), calls(2)), new float[] {0.5f, 2, 1});

  private static final TraceSegment WHOLE = BATCH.segment(0, BATCH.steps());

  private static float[][] matrix(INDArray array) {
    return array.reshape(array.ordering(), array.size(0), array.size(-1)).toFloatMatrix();
  }

  @Test
  void everyCallIsPredictedOnceFromTheCallBeforeIt() {
    assertThat(WHOLE.inputs().shape()).containsExactly(3, 1, 4);
    assertThat(matrix(WHOLE.inputs()))
        .isEqualTo(new float[][] {{0, 3, 1, 2}, {0, 5, 0, 0}, {0, 0, 0, 0}});
    assertThat(matrix(WHOLE.calls()))
        .isEqualTo(new float[][] {{3, 1, 2, 4}, {5, 3, 0, 0}, {2, 0, 0, 0}});
    assertThat(WHOLE.weights().toFloatMatrix())
        .isEqualTo(new float[][] {{0.5f, 0.5f, 0.5f, 0.5f}, {2, 2, 0, 0}, {1, 0, 0, 0}});
  }

  @Test
  void aSegmentHasOnlyTracesThatGoOn() {
    TraceSegment segment = BATCH.segment(1, 3);

    assertThat(matrix(segment.inputs())).isEqualTo(new float[][] {{3, 1}, {5, 0}});
    assertThat(matrix(segment.calls())).isEqualTo(new float[][] {{1, 2}, {3, 0}});
    assertThat(segment.weights().toFloatMatrix()).isEqualTo(new float[][] {{0.5f, 0.5f}, {2, 0}});
    assertThat(BATCH.rowsAt(0)).isEqualTo(3);
    assertThat(BATCH.segment(3, 4).rows()).as("never a single row").isEqualTo(2);
  }

  @Test
  void aSingleTraceHasAnEmptyOneBesideIt() {
    TraceBatch single = TraceBatch.of(List.of(calls(7, 7)), new float[] {3});

    assertThat(single.segment(0, 2).weights().toFloatMatrix())
        .isEqualTo(new float[][] {{3, 3}, {0, 0}});
    assertThat(single.rowsAt(1)).isEqualTo(2);
  }

  @Test
  void oneHotInputsHaveAOneForEachIndex() {
    INDArray oneHot = BATCH.segment(0, 3).oneHotInputs(6);

    assertThat(oneHot.shape()).containsExactly(3, 6, 3);
    assertThat(oneHot.argMax(1).toIntMatrix())
        .isEqualTo(new int[][] {{0, 3, 1}, {0, 5, 0}, {0, 0, 0}});
    assertThat(oneHot.sum(1)).isEqualTo(Nd4j.ones(3, 3));
  }

  @Test
  void aDataSetCarriesTheWholeBatch() {
    assertThat(TraceBatch.of(BATCH.toDataSet())).isSameAs(BATCH);
    assertThat(BATCH.toDataSet().numExamples()).as("dl4j-spark divides no example").isOne();
    assertThat(BATCH.toDataSet().getLabelsMaskArray().toFloatVector()).containsExactly(0.5f, 2, 1);
    assertThatThrownBy(() -> TraceBatch.of(new DataSet(Nd4j.ones(2, 1), Nd4j.ones(2, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot read traces from a org.nd4j.linalg.dataset.DataSet: it holds arrays; make it"
                + " with TraceBatch.toDataSet");
  }

  /** Padded, these rows would have 8.6 billion cells, more than an array can hold. */
  @Test
  void theLongestTraceDoesNotPadTheOthers() {
    List<int[]> traces = new ArrayList<>(Collections.nCopies(4096, calls(5, 3)));
    traces.add(0, new int[1 << 21]);
    float[] weights = new float[traces.size()];
    Arrays.fill(weights, 1);

    TraceBatch batch = TraceBatch.of(TraceBatch.of(traces, weights).toDataSet());

    assertThat(batch.steps()).isEqualTo(1 << 21);
    assertThat(batch.segment(0, 2).inputs().shape()).containsExactly(4097, 1, 2);
    assertThat(batch.segment(1 << 20, (1 << 20) + 100).inputs().shape()).containsExactly(2, 1, 100);
  }

  @Test
  void shorterTracesFirstAreRefused() {
    assertThatThrownBy(() -> TraceBatch.of(List.of(calls(1), calls(1, 2)), new float[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot batch traces: trace 1 has 2 calls, more than the one before it; sort the traces,"
                + " longest first");
  }
}
