package syscallanomaly.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.round;
import static syscallanomaly.score.ScoreColumns.SCORE;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.window.WindowCutter;

/**
 * Scores a trace with the language model. The score is the mean negative log-likelihood of the
 * predicted calls, in nats per call. {@link WindowPredictions} and {@link TracePredictions} say
 * which calls are predicted.
 *
 * <p>Beside the score, each trace has sums over its predictions: their number {@code predictions},
 * {@code loss} in nats, {@code correct} and {@code top5}, see {@link CallPredictions}.
 */
public final class LstmDetector implements Detector {
  /** The name of this detector in settings and tables. */
  public static final String NAME = "lstm";

  /**
   * Decimals of a score. The negative log-likelihood of a call is a float, so further decimals are
   * noise. They would depend on the order in which Spark adds, and could give equal traces
   * different scores.
   */
  private static final int DECIMALS = 6;

  private final CallPredictions predictions;

  /** Makes the detector of a run. */
  LstmDetector(DetectorInput input) {
    this(input.model(), input.cutter());
  }

  /**
   * Makes a detector from a language model alone.
   *
   * @param model trained model
   * @param cutter turns traces into the sequences that the model reads
   */
  public LstmDetector(DistributedModel model, WindowCutter cutter) {
    this.predictions =
        model.readsTraces()
            ? new TracePredictions(model, cutter)
            : new WindowPredictions(model, cutter);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    return predictions
        .sums(TraceColumns.TRACES_OF_SPLITS.in(traces))
        .withColumn(SCORE, round(col(SCORE), DECIMALS));
  }

  @Override
  public Dataset<Row> scoreHeldOut(Dataset<Row> traces) {
    return score(traces);
  }

  /** Predicts the calls of traces, see {@link CallPredictions#calls}. */
  Dataset<Row> predictions(Dataset<Row> traces) {
    return predictions.calls(traces);
  }
}
