package syscallanomaly.score;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.size;
import static syscallanomaly.score.ScoreColumns.DISTINCT;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.table.RequiredColumns;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceColumns;

/** The traces that detectors are tested on, and which of them are not mere repeats. */
public final class TestTraces {
  private static final RequiredColumns NAMED_TRACES =
      new RequiredColumns(
          "traces",
          TraceColumns.TRACES
              .columns()
              .add(TRACE_ID, DataTypes.StringType)
              .add(FAMILY, DataTypes.StringType));

  private TestTraces() {}

  /**
   * Validation and attack traces together: {@code split}, {@code ordinal}, {@code trace_id}, {@code
   * family}, {@code calls}, {@code length} long, and {@code distinct}: false for a trace that
   * equals an earlier one of its split, and for a validation trace that equals a training trace.
   *
   * @param training see {@link TraceColumns#TRACES}
   * @param validation columns as {@link syscallanomaly.trace.TraceSet#traces()} has them
   * @param attack columns as for {@code validation}; empty where there are no attack traces
   * @throws IllegalArgumentException where a column is missing or of another type
   */
  public static Dataset<Row> of(
      Dataset<Row> training, Dataset<Row> validation, Optional<Dataset<Row>> attack) {
    TraceColumns.TRACES.in(training);
    NAMED_TRACES.in(validation);
    attack.ifPresent(NAMED_TRACES::in);
    Dataset<Row> known =
        training.select(contentHash().as("content")).distinct().withColumn("known", lit(true));
    Dataset<Row> tests = labelled(validation, Split.VALIDATION);
    if (attack.isPresent()) {
      tests = tests.unionByName(labelled(attack.get(), Split.ATTACK));
    }
    tests = tests.withColumn("content", contentHash());
    Dataset<Row> first = tests.groupBy(SPLIT, "content").agg(min(ORDINAL).as("first_ordinal"));
    Column repeatsTraining =
        col(SPLIT).equalTo(Split.VALIDATION.label()).and(coalesce(col("known"), lit(false)));
    return tests
        .join(first, new String[] {SPLIT, "content"})
        .join(known, new String[] {"content"}, "left")
        .select(
            col(SPLIT),
            col(ORDINAL),
            col(TRACE_ID),
            col(FAMILY),
            col(CALLS),
            size(col(CALLS)).cast("long").as("length"),
            col(ORDINAL).equalTo(col("first_ordinal")).and(not(repeatsTraining)).as(DISTINCT));
  }

  /** Traces of a split with its name in a column {@code split}. */
  public static Dataset<Row> labelled(Dataset<Row> traces, Split split) {
    return traces.withColumn(SPLIT, lit(split.label()));
  }

  private static Column contentHash() {
    return sha2(array_join(col(CALLS), " ").cast(DataTypes.BinaryType), 256);
  }
}
