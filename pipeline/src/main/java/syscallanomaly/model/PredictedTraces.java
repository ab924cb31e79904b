package syscallanomaly.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import syscallanomaly.window.TrainingSequences;

/** Scores a partition's batches of traces, one when it is asked for. */
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
    return new Batch(traces, calls, model.clock().time(local, () -> local.scoreTraces(calls)));
  }

  /**
   * A batch and what the model says of it.
   *
   * @param traces first column {@code window}
   * @param calls the same as arrays
   * @param scores of each trace
   */
  record Batch(List<Row> traces, List<int[]> calls, List<Predictions> scores) {

    /** {@code window}, {@code negative_log_likelihood} and {@code rank} of each trace. */
    List<Row> rows() {
      List<Row> rows = new ArrayList<>(traces.size());
      for (int i = 0; i < traces.size(); i++) {
        Predictions score = scores.get(i);
        rows.add(RowFactory.create(calls.get(i), score.negativeLogLikelihood(), score.rank()));
      }
      return rows;
    }

    /** The sums over all calls; the traces have a column {@code multiplicity}. */
    PredictionTotals totals() {
      PredictionTotals totals = PredictionTotals.NONE;
      for (int i = 0; i < traces.size(); i++) {
        long multiplicity = traces.get(i).getAs(TrainingSequences.MULTIPLICITY);
        totals = totals.plus(scores.get(i).totals().times(multiplicity));
      }
      return totals;
    }
  }
}
