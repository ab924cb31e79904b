package syscallanomaly.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import syscallanomaly.window.TrainingSequences;

/**
 * Predicts the calls of a partition's batches of traces. Each batch is predicted when it is asked
 * for.
 */
final class PredictedTraces implements Iterator<PredictedTraces.Batch> {
  private final Iterator<List<Row>> batches;
  private final SharedModel model;
  private LanguageModel local;

  PredictedTraces(Iterator<List<Row>> batches, SharedModel model) {
    this.batches = batches;
    this.model = model;
  }

  @Override
  public boolean hasNext() {
    return batches.hasNext();
  }

  @Override
  public Batch next() {
    List<Row> traces = batches.next();
    if (local == null) {
      local = model.copy();
    }
    List<int[]> calls = traces.stream().map(TrainingSequences::calls).toList();
    return new Batch(traces, calls, model.clock().time(local, () -> local.predictTraces(calls)));
  }

  /**
   * A batch of traces with its predictions.
   *
   * @param traces rows whose first column is {@code sequence}
   * @param calls vocabulary indices of each trace
   * @param predictions predictions of each trace, one entry for each call
   */
  record Batch(List<Row> traces, List<int[]> calls, List<Predictions> predictions) {

    /**
     * A row with {@code sequence}, {@code negative_log_likelihood} and {@code rank} for each trace.
     */
    List<Row> rows() {
      List<Row> rows = new ArrayList<>(traces.size());
      for (int i = 0; i < traces.size(); i++) {
        Predictions ofTrace = predictions.get(i);
        rows.add(RowFactory.create(calls.get(i), ofTrace.negativeLogLikelihood(), ofTrace.rank()));
      }
      return rows;
    }

    /** The sums over all predictions. The rows must have a column {@code multiplicity}. */
    PredictionTotals totals() {
      PredictionTotals totals = PredictionTotals.NONE;
      for (int i = 0; i < traces.size(); i++) {
        long multiplicity = traces.get(i).getAs(TrainingSequences.MULTIPLICITY);
        totals = totals.plus(predictions.get(i).totals().times(multiplicity));
      }
      return totals;
    }
  }
}
