package syscallanomaly.warehouse;

import java.util.Locale;
import org.apache.spark.sql.types.StructType;

/**
 * The metric tables and their columns, in order; the one place that defines them.
 *
 * <p>Every table starts with {@code run_id} and is partitioned by it. Whole numbers are bigint
 * throughout; rates lie in 0..1; losses are in nats. All columns may be null, so that a column can
 * be added to a table that has rows.
 */
public enum MetricTable {
  RUNS(
      """
      started_at timestamp, finished_at timestamp, status string, config string,
      config_hash string, code_version string, input_fingerprint string, seed bigint,
      spark_version string, workers bigint"""),

  DATA_PROFILE(
      """
      split string, traces bigint, rejected bigint, calls bigint, distinct_calls bigint,
      max_call bigint, min_length bigint, median_length bigint, max_length bigint,
      windows bigint, distinct_windows bigint, unknown_calls bigint"""),

  EPOCHS(
      """
      epoch bigint, loss double, accuracy double, held_out_loss double,
      held_out_accuracy double, seconds double, predictions_per_second double,
      averaging_rounds bigint, kept boolean"""),

  NEXT_CALL(
      """
      split string, predictions bigint, loss double, perplexity double, accuracy double,
      top5_accuracy double"""),

  TRACE_SCORES(
      """
      detector string, split string, family string, trace_id string, calls bigint,
      score double, p_value double, alarm boolean"""),

  DETECTION(
      """
      detector string, family string, population string, normal bigint, attacks bigint,
      auc double, auc_low double, auc_high double, tpr_at_fpr_01 double, tpr_at_fpr_05 double,
      tpr_at_fpr_10 double, tpr_at_fpr_15 double, tpr_at_fpr_20 double,
      fpr_at_tpr_90 double"""),

  ROC("detector string, population string, threshold double, fpr double, tpr double");

  /** The column that names the run. */
  public static final String RUN_ID = "run_id";

  private final String columns;

  MetricTable(String columns) {
    this.columns = columns;
  }

  /** The table's name in its namespace. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The columns, {@link #RUN_ID} first. */
  public StructType schema() {
    return StructType.fromDDL(RUN_ID + " string, " + columns);
  }
}
