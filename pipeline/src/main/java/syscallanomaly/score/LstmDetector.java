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
 * The language model as a detector: the mean negative log-likelihood of a trace's calls, nats a
 * call; see {@link WindowPredictions} and {@link TracePredictions} for which calls these are.
 *
 * <p>Beside the score, each trace has the sums of its predictions: {@code predictions}, how many
 * they are, {@code loss} in nats, {@code correct} and {@code top5}.
 */
public final class LstmDetector implements Detector {
  /** The name of this detector in settings and tables. */
  public static final String NAME = "lstm";

  /**
   * The surprise of a call is a float, so that more decimals are noise: they would depend on the
   * order in which Spark adds, and part traces that are equal.
   */
  private static final int DECIMALS = 6;

  private final CallPredictions predictions;

  /** The detector of a run. */
  LstmDetector(DetectorInput input) {
    this(input.model(), input.cutter());
  }

  /**
   * A detector that needs nothing but a language model.
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

  /** Every predicted call, see {@link CallPredictions#calls}. */
  Dataset<Row> predictions(Dataset<Row> traces) {
    return predictions.calls(traces);
  }
}
