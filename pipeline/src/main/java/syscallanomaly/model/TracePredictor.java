package syscallanomaly.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.window.TraceBatch;

/**
 * Scores every call of whole traces given all calls before it: one forward step a call, the state
 * of the network carried along. The probabilities of a piece of the traces exist at a time, so that
 * memory does not grow with their length. Not safe for threads.
 */
final class TracePredictor {
  private final LanguageModel model;
  private final int predictionsAtATime;

  /**
   * @param model that reads whole traces
   * @param predictionsAtATime largest number of traces times steps in a piece; a piece has at least
   *     one step
   */
  TracePredictor(LanguageModel model, int predictionsAtATime) {
    this.model = model;
    this.predictionsAtATime = predictionsAtATime;
  }

  /**
   * Scores traces side by side; best if they are of like length.
   *
   * @param traces vocabulary indices, each of at least a call
   * @return for each trace in the order given, an entry a call
   */
  List<Predictions> score(List<int[]> traces) {
    int[] longestFirst =
        IntStream.range(0, traces.size())
            .boxed()
            .sorted(Comparator.comparingInt(trace -> -traces.get(trace).length))
            .mapToInt(Integer::intValue)
            .toArray();
    Predictions[] scores = new Predictions[traces.size()];
    List<int[]> sorted = new ArrayList<>();
    List<Predictions> sortedScores = new ArrayList<>();
    for (int trace : longestFirst) {
      int calls = traces.get(trace).length;
      scores[trace] = new Predictions(calls);
      sorted.add(traces.get(trace));
      sortedScores.add(scores[trace]);
    }
    score(sorted, sortedScores);
    return Arrays.asList(scores);
  }

  private void score(List<int[]> traces, List<Predictions> scores) {
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
      float[] probabilities =
          network
              .rnnTimeStep(LanguageModel.input(network, batch.segment(from, to)))
              .permute(0, 2, 1)
              .dup('c')
              .data()
              .asFloat();
      for (int row = 0; row < Math.min(rows, traces.size()); row++) {
        int[] trace = traces.get(row);
        for (int step = from; step < Math.min(to, trace.length); step++) {
          int first = (row * (to - from) + step - from) * model.symbols();
          scores.get(row).set(step, probabilities, first, model.symbols(), trace[step]);
        }
      }
      from = to;
    }
    CarriedState.clear(network);
  }
}
