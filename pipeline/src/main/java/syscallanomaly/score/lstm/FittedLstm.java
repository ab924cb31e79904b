package syscallanomaly.score.lstm;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.round;
import static syscallanomaly.score.lstm.CallPredictions.CORRECT;
import static syscallanomaly.score.lstm.CallPredictions.LOSS;
import static syscallanomaly.score.lstm.CallPredictions.LOWEST_MEAN;
import static syscallanomaly.score.lstm.CallPredictions.MEAN;
import static syscallanomaly.score.lstm.CallPredictions.PREDICTIONS;
import static syscallanomaly.score.lstm.CallPredictions.TOP5;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.window.WindowCutter;

/**
 * Scores traces with a trained language model. {@link WindowPredictions} and {@link
 * TracePredictions} say which calls are predicted.
 *
 * <ul>
 *   <li>{@code lstm}: the mean negative log-likelihood of the calls, in nats per call.
 *   <li>{@code lstm-window}: the lowest mean of 100 consecutive calls, in nats per call. A normal
 *       trace of an unknown program still has a stretch that looks like training.
 * </ul>
 *
 * <p>Beside the scores, each trace has sums over its predictions: their number {@code predictions},
 * {@code loss} in nats, {@code correct} and {@code top5}, see {@link CallPredictions}.
 */
public final class FittedLstm implements FittedFamily {
  /** The detector by the mean of all calls. */
  public static final String LSTM = "lstm";

  /** The detector by the lowest mean of consecutive calls. */
  public static final String LSTM_WINDOW = "lstm-window";

  /**
   * Decimals of a score. The negative log-likelihood of a call is a float, so further decimals are
   * noise. They would depend on the order in which Spark adds, and could give equal traces
   * different scores.
   */
  private static final int DECIMALS = 6;

  private final DistributedModel model;
  private final CallPredictions predictions;

  /**
   * Makes the detectors from a language model alone.
   *
   * @param model trained model; {@link #close} closes it
   * @param cutter turns traces into the sequences that the model reads
   */
  public FittedLstm(DistributedModel model, WindowCutter cutter) {
    this.model = model;
    this.predictions =
        model.readsTraces()
            ? new TracePredictions(model, cutter)
            : new WindowPredictions(model, cutter);
  }

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    return predictions
        .sums(TraceColumns.TRACES_OF_SPLITS.in(traces))
        .select(
            col(SPLIT),
            col(ORDINAL),
            rounded(MEAN, LSTM),
            rounded(LOWEST_MEAN, LSTM_WINDOW),
            col(PREDICTIONS),
            col(LOSS),
            col(CORRECT),
            col(TOP5));
  }

  private static Column rounded(String column, String detector) {
    return round(col(column), DECIMALS).as(detector);
  }

  /** Predicts the calls of traces, see {@link CallPredictions#calls}. */
  public Dataset<Row> predictions(Dataset<Row> traces) {
    return predictions.calls(traces);
  }

  @Override
  public void close() {
    model.close();
  }
}
