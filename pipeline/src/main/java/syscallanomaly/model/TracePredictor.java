package syscallanomaly.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.model.lstm.NativeValues;
import syscallanomaly.window.TraceBatch;

/**
 * Predicts every call of whole traces from all calls before it. The network reads one call in each
 * time step and carries its state along. The traces are read in pieces, and only one piece's
 * probabilities are in memory, so that memory does not grow with the traces' length. A predictor
 * must not be used by two threads at the same time.
 */
final class TracePredictor {
  private final LanguageModel model;
  private final int predictionsAtATime;
  private float[] probabilities = {};

  /**
   * @param model model that reads whole traces
   * @param predictionsAtATime largest number of predictions in a piece, which is traces times time
   *     steps; a piece has at least one time step
   */
  TracePredictor(LanguageModel model, int predictionsAtATime) {
    this.model = model;
    this.predictionsAtATime = predictionsAtATime;
  }

  /**
   * Predicts the calls of several traces together. Traces of like length are predicted fastest.
   *
   * @param traces vocabulary indices; each trace has at least one call
   * @return the predictions of each trace in the order given, one entry for each call
   */
  List<Predictions> predict(List<int[]> traces) {
    int[] longestFirst =
        IntStream.range(0, traces.size())
            .boxed()
            .sorted(Comparator.comparingInt(trace -> -traces.get(trace).length))
            .mapToInt(Integer::intValue)
            .toArray();
    Predictions[] predictions = new Predictions[traces.size()];
    List<int[]> sorted = new ArrayList<>();
    List<Predictions> sortedPredictions = new ArrayList<>();
    for (int trace : longestFirst) {
      int calls = traces.get(trace).length;
      predictions[trace] = new Predictions(calls);
      sorted.add(traces.get(trace));
      sortedPredictions.add(predictions[trace]);
    }
    predict(sorted, sortedPredictions);
    return Arrays.asList(predictions);
  }

  private void predict(List<int[]> traces, List<Predictions> predictions) {
    MultiLayerNetwork network = model.network();
    float[] weights = new float[traces.size()];
    Arrays.fill(weights, 1);
    TraceBatch batch = TraceBatch.of(traces, weights);
    CarriedState.clear(network);
    int rows = batch.rows();
    for (int from = 0; from < batch.steps(); ) {
      if (batch.rowsAt(from) < rows) {
        rows = batch.rowsAt(from);
        CarriedState.keepRows(network, rows);
      }
      int to = Math.min(batch.steps(), from + Math.max(1, predictionsAtATime / rows));
      // With the symbols first, the probabilities of a prediction are neighbours.
      probabilities =
          NativeValues.read(
              network
                  .rnnTimeStep(LanguageModel.input(network, batch.segment(from, to)))
                  .permute(1, 0, 2),
              probabilities);
      for (int row = 0; row < Math.min(rows, traces.size()); row++) {
        int[] trace = traces.get(row);
        for (int timeStep = from; timeStep < Math.min(to, trace.length); timeStep++) {
          int first = ((timeStep - from) * rows + row) * model.symbols();
          predictions
              .get(row)
              .set(timeStep, probabilities, first, model.symbols(), trace[timeStep]);
        }
      }
      from = to;
    }
    CarriedState.clear(network);
  }
}
