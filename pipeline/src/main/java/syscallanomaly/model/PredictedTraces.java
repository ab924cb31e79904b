package syscallanomaly.model;

import java.util.Iterator;
import java.util.List;

/**
 * Predicts the calls of a partition's batches of traces. Each batch is predicted when it is asked
 * for.
 */
final class PredictedTraces implements Iterator<PredictedTraces.Batch> {
  private final Iterator<List<KeyedTrace>> batches;
  private final SharedModel model;
  private LanguageModel local;

  PredictedTraces(Iterator<List<KeyedTrace>> batches, SharedModel model) {
    this.batches = batches;
    this.model = model;
  }

  @Override
  public boolean hasNext() {
    return batches.hasNext();
  }

  @Override
  public Batch next() {
    List<KeyedTrace> traces = batches.next();
    if (local == null) {
      local = model.copy();
    }
    List<int[]> calls = traces.stream().map(KeyedTrace::calls).toList();
    return new Batch(traces, model.clock().time(local, () -> local.predictTraces(calls)));
  }

  /**
   * A batch of traces with its predictions.
   *
   * @param traces traces in the order of the batch
   * @param predictions predictions of each trace, one entry for each call
   */
  record Batch(List<KeyedTrace> traces, List<Predictions> predictions) {

    /** The predictions of each trace with the key of the trace. */
    Iterator<Keyed> keyed() {
      Iterator<Predictions> ofTraces = predictions.iterator();
      return traces.stream().map(trace -> new Keyed(trace.content(), ofTraces.next())).iterator();
    }

    /** The sums over all predictions, with the multiplicity of the traces. */
    PredictionTotals totals() {
      PredictionTotals totals = PredictionTotals.NONE;
      for (int i = 0; i < traces.size(); i++) {
        totals = totals.plus(predictions.get(i).totals().times(traces.get(i).multiplicity()));
      }
      return totals;
    }
  }

  /**
   * The predictions of a trace.
   *
   * @param content key of the trace, see {@link syscallanomaly.window.SequenceContent}
   * @param predictions one entry for each call
   */
  record Keyed(byte[] content, Predictions predictions) {}
}
