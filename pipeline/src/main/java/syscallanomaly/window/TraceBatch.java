package syscallanomaly.window;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * A mini-batch of whole traces, which a network reads in segments of time steps. The batch keeps
 * the traces at their own lengths. Only {@link #segment} pads them, so that memory follows the
 * number of calls and not the number of rows times the longest trace.
 *
 * <p>Each row is a trace. The longest trace comes first, so the traces that go on at a time step
 * are always the first rows. A batch has at least {@value #FEWEST_ROWS} rows: for a single trace,
 * the last row is empty, because DL4J mistakes the loss weights of a single row for weights of the
 * outputs and fails.
 */
public final class TraceBatch {
  private static final int FEWEST_ROWS = 2;

  private final List<int[]> traces;
  private final float[] weights;

  private TraceBatch(List<int[]> traces, float[] weights) {
    this.traces = traces;
    this.weights = weights;
  }

  /**
   * Makes a batch of traces. The traces are not copied.
   *
   * @param traces vocabulary indices, the longest trace first; each trace has at least one call
   * @param weights weight in the loss for each trace, above 0; every call of the trace gets it
   * @throws IllegalArgumentException if a trace is longer than the one before it
   */
  public static TraceBatch of(List<int[]> traces, float[] weights) {
    for (int row = 1; row < traces.size(); row++) {
      int length = traces.get(row).length;
      if (length > traces.get(row - 1).length) {
        throw new IllegalArgumentException(
            "Cannot batch traces: trace "
                + row
                + " has "
                + length
                + " calls, more than the one before it; sort the traces, longest first");
      }
    }
    return new TraceBatch(List.copyOf(traces), weights.clone());
  }

  /**
   * Returns the batch that {@link #toDataSet} wrapped.
   *
   * @throws IllegalArgumentException if the data set is not one that {@link #toDataSet} made
   */
  public static TraceBatch of(org.nd4j.linalg.dataset.api.DataSet batch) {
    if (batch instanceof OfTraces ofTraces) {
      return ofTraces.traces;
    }
    throw new IllegalArgumentException(
        "Cannot read traces from a "
            + batch.getClass().getName()
            + ": it holds arrays; make it with TraceBatch.toDataSet");
  }

  /**
   * Wraps the batch in the type that dl4j-spark hands to a worker in the same Java process.
   * dl4j-spark takes it for a single example, and so does not divide it. The mask of the labels is
   * the weights of the rows, 0 for an empty row.
   */
  public DataSet toDataSet() {
    return new OfTraces(this);
  }

  /** Number of traces. An empty row is none. */
  public int traces() {
    return traces.size();
  }

  /** Number of rows, which is the number of traces, but at least {@value #FEWEST_ROWS}. */
  public int rows() {
    return Math.max(FEWEST_ROWS, traces.size());
  }

  /** Number of time steps, which is the length of the longest trace. */
  public int steps() {
    return traces.get(0).length;
  }

  /**
   * Number of traces that have a call at a time step; at least {@value #FEWEST_ROWS}.
   *
   * @param timeStep the time step, from 0
   */
  public int rowsAt(int timeStep) {
    int rows = FEWEST_ROWS;
    while (rows < traces.size() && traces.get(rows).length > timeStep) {
      rows++;
    }
    return rows;
  }

  /**
   * Makes the arrays of the time steps {@code from} to {@code to - 1}, for the traces that have a
   * call at time step {@code from}.
   */
  public TraceSegment segment(int from, int to) {
    int rows = rowsAt(from);
    int timeSteps = to - from;
    float[] inputs = new float[rows * timeSteps];
    float[] calls = new float[rows * timeSteps];
    float[] weightOfCall = new float[rows * timeSteps];
    for (int row = 0; row < Math.min(rows, traces.size()); row++) {
      int[] trace = traces.get(row);
      int end = Math.min(to, trace.length);
      int before = from == 0 ? Vocabulary.UNKNOWN : trace[Math.min(from, trace.length) - 1];
      for (int timeStep = from; timeStep < end; timeStep++) {
        int cell = row + rows * (timeStep - from);
        inputs[cell] = before;
        calls[cell] = trace[timeStep];
        weightOfCall[cell] = weights[row];
        before = trace[timeStep];
      }
    }
    return new TraceSegment(
        Nd4j.create(inputs, new long[] {rows, 1, timeSteps}, 'f'),
        Nd4j.create(calls, new long[] {rows, 1, timeSteps}, 'f'),
        Nd4j.create(weightOfCall, new long[] {rows, timeSteps}, 'f'));
  }

  private INDArray ofEachRow() {
    float[] values = new float[rows()];
    System.arraycopy(weights, 0, values, 0, traces.size());
    return Nd4j.create(values, new long[] {values.length, 1}, 'f');
  }

  /** Carries a batch through dl4j-spark. It never leaves its Java process. */
  private static final class OfTraces extends DataSet {
    private static final long serialVersionUID = 1L;

    private final transient TraceBatch traces;

    OfTraces(TraceBatch traces) {
      super(traces.ofEachRow(), traces.ofEachRow(), null, traces.ofEachRow());
      this.traces = traces;
    }

    @Override
    public int numExamples() {
      return 1;
    }
  }
}
