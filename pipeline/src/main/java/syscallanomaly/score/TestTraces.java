package syscallanomaly.score;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;
import static syscallanomaly.score.ScoreColumns.CLUSTER;
import static syscallanomaly.score.ScoreColumns.DISTINCT;
import static syscallanomaly.score.ScoreColumns.DISTINCT_IN_FAMILY;
import static syscallanomaly.score.ScoreColumns.WITHOUT_EXECVE;
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
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.table.RequiredColumns;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.window.SequenceContent;

/** Collects the traces that detectors are tested on, and marks the populations they belong to. */
public final class TestTraces {
  private static final RequiredColumns NAMED_TRACES =
      new RequiredColumns(
          "traces",
          TraceColumns.TRACES
              .columns()
              .add(TRACE_ID, DataTypes.StringType)
              .add(FAMILY, DataTypes.StringType));

  private static final RequiredColumns CONTENTS =
      new RequiredColumns("contents", new StructType().add(CONTENT, DataTypes.BinaryType));

  /** A trace's id up to the last slash, with the slash. */
  private static final String FOLDER = "^(.*/)[^/]*$";

  private TestTraces() {}

  /**
   * The distinct contents of traces, see {@link SequenceContent}.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES}
   * @return one column, {@code content} binary
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public static Dataset<Row> contents(Dataset<Row> traces) {
    return TraceColumns.TRACES
        .in(traces)
        .select(SequenceContent.of(col(CALLS)).as(CONTENT))
        .distinct();
  }

  /**
   * Unites validation and attack traces. The columns are {@code split}, {@code ordinal}, {@code
   * trace_id}, {@code family}, {@code calls}, {@link ScoreColumns#POPULATION_COLUMNS}, and those of
   * {@link TraceColumns#ORIGIN}, which are null where the traces do not have them.
   *
   * <p>Traces count as equal if their {@link SequenceContent} is equal. The {@code cluster} of a
   * normal trace is its content in hexadecimal. That of an attack trace is its {@code trace_id} up
   * to the last slash, or the whole of it if it has no slash.
   *
   * @param knownContents contents of the training traces, see {@link #contents}; each once
   * @param validation validation traces with the columns of {@link
   *     syscallanomaly.trace.TraceSet#traces()}
   * @param attack attack traces with the same columns; empty if there are none
   * @param execve number of the system call execve
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public static Dataset<Row> of(
      Dataset<Row> knownContents,
      Dataset<Row> validation,
      Optional<Dataset<Row>> attack,
      int execve) {
    CONTENTS.in(knownContents);
    NAMED_TRACES.in(validation);
    attack.ifPresent(NAMED_TRACES::in);
    Dataset<Row> tests = labelled(TraceColumns.withOrigin(validation), Split.VALIDATION);
    if (attack.isPresent()) {
      tests = tests.unionByName(labelled(TraceColumns.withOrigin(attack.get()), Split.ATTACK));
    }
    Column content = SequenceContent.of(col(CALLS));
    Column folder = regexp_replace(col(TRACE_ID), FOLDER, "$1");
    Column isNormal = col(SPLIT).equalTo(Split.VALIDATION.label());
    return tests
        .join(marks(tests, knownContents), new String[] {SPLIT, ORDINAL}, "left")
        .select(
            col(SPLIT),
            col(ORDINAL),
            col(TRACE_ID),
            col(FAMILY),
            col(CALLS),
            coalesce(col(DISTINCT), lit(false)).as(DISTINCT),
            coalesce(col(DISTINCT_IN_FAMILY), lit(false)).as(DISTINCT_IN_FAMILY),
            not(array_contains(col(CALLS), execve)).as(WITHOUT_EXECVE),
            when(isNormal, hex(content)).otherwise(folder).as(CLUSTER),
            col(TraceColumns.HOST),
            col(TraceColumns.CONTAINER),
            col(TraceColumns.PROCESS),
            col(TraceColumns.THREAD),
            col(TraceColumns.EXECUTABLE),
            col(TraceColumns.STARTED));
  }

  /**
   * Marks the first trace of each content in its split and in its family. The other traces have no
   * row. Nothing here carries calls, and no task gets all copies of a trace.
   */
  private static Dataset<Row> marks(Dataset<Row> tests, Dataset<Row> knownContents) {
    Dataset<Row> contents =
        tests
            .select(
                col(SPLIT), col(FAMILY), col(ORDINAL), SequenceContent.of(col(CALLS)).as(CONTENT))
            .groupBy(SPLIT, FAMILY, CONTENT)
            .agg(min(ORDINAL).as(ORDINAL));
    Dataset<Row> normal =
        contents.where(col(SPLIT).equalTo(Split.VALIDATION.label())).select(CONTENT).distinct();
    Dataset<Row> repeated =
        labelled(knownContents.select(CONTENT), Split.VALIDATION)
            .unionByName(labelled(normal, Split.ATTACK));
    Column firstOfSplit = min(ORDINAL).over(Window.partitionBy(SPLIT, CONTENT));
    return contents
        .join(repeated, new String[] {SPLIT, CONTENT}, "left_anti")
        .select(
            col(SPLIT),
            col(ORDINAL),
            col(ORDINAL).equalTo(firstOfSplit).as(DISTINCT),
            lit(true).as(DISTINCT_IN_FAMILY));
  }

  /** Adds the column {@code split}, which holds the split's label in every row. */
  public static Dataset<Row> labelled(Dataset<Row> traces, Split split) {
    return traces.withColumn(SPLIT, lit(split.label()));
  }
}
