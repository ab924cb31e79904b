package syscallanomaly.score;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static syscallanomaly.score.ScoreColumns.DISTINCT;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.table.RequiredColumns;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.window.SequenceContent;

/** Collects the traces that detectors are tested on, and marks those that are no repeats. */
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
   * Unites validation and attack traces. The columns are {@code split}, {@code ordinal}, {@code
   * trace_id}, {@code family}, {@code calls}, {@code length} long, and {@code distinct}. The last
   * is false for a trace that equals an earlier trace of its split, and for a validation trace that
   * equals a training trace.
   *
   * <p>Traces count as equal if their {@link SequenceContent} is equal.
   *
   * @param training training traces with the columns {@link TraceColumns#TRACES}
   * @param validation validation traces with the columns of {@link
   *     syscallanomaly.trace.TraceSet#traces()}
   * @param attack attack traces with the same columns; empty if there are none
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public static Dataset<Row> of(
      Dataset<Row> training, Dataset<Row> validation, Optional<Dataset<Row>> attack) {
    TraceColumns.TRACES.in(training);
    NAMED_TRACES.in(validation);
    attack.ifPresent(NAMED_TRACES::in);
    Dataset<Row> known =
        training
            .select(SequenceContent.of(col(CALLS)).as(CONTENT))
            .distinct()
            .withColumn("known", lit(true));
    Dataset<Row> tests = labelled(validation, Split.VALIDATION);
    if (attack.isPresent()) {
      tests = tests.unionByName(labelled(attack.get(), Split.ATTACK));
    }
    // The joins by content carry no calls, so many equal traces burden no task.
    Dataset<Row> contents =
        tests.select(col(SPLIT), col(ORDINAL), SequenceContent.of(col(CALLS)).as(CONTENT));
    Dataset<Row> first = contents.groupBy(SPLIT, CONTENT).agg(min(ORDINAL).as("first_ordinal"));
    Column repeatsTraining =
        col(SPLIT).equalTo(Split.VALIDATION.label()).and(coalesce(col("known"), lit(false)));
    Dataset<Row> marks =
        contents
            .join(first, new String[] {SPLIT, CONTENT})
            .join(known, new String[] {CONTENT}, "left")
            .select(
                col(SPLIT),
                col(ORDINAL),
                col(ORDINAL).equalTo(col("first_ordinal")).and(not(repeatsTraining)).as(DISTINCT));
    return tests
        .join(marks, new String[] {SPLIT, ORDINAL})
        .select(
            col(SPLIT),
            col(ORDINAL),
            col(TRACE_ID),
            col(FAMILY),
            col(CALLS),
            size(col(CALLS)).cast("long").as("length"),
            col(DISTINCT));
  }

  /** Adds the column {@code split}, which holds the split's label in every row. */
  public static Dataset<Row> labelled(Dataset<Row> traces, Split split) {
    return traces.withColumn(SPLIT, lit(split.label()));
  }
}
