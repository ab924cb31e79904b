package syscallanomaly.trace;

import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.table.RequiredColumns;

/** The columns of Datasets that hold a trace in each row. */
public final class TraceColumns {
  /** Label of the split that a trace belongs to ({@link Split#label()}): string. */
  public static final String SPLIT = "split";

  /** Number of a trace in its split, from 0, in the order in which the traces were read: long. */
  public static final String ORDINAL = "ordinal";

  /** Name of a trace that people can find it by: string. */
  public static final String TRACE_ID = "trace_id";

  /** Kind of attack: string; null in the normal splits. */
  public static final String FAMILY = "family";

  /** System-call numbers of a trace, in order, at least one: array of int. */
  public static final String CALLS = "calls";

  /** Name of the host that recorded a trace: string; null if the format does not say it. */
  public static final String HOST = "host";

  /** Container of a trace's process: string; null if there is none or nobody knows it. */
  public static final String CONTAINER = "container";

  /** Number of a trace's process on its host: long; null if the format does not say it. */
  public static final String PROCESS = "process";

  /**
   * Number of the thread where a trace is that of one thread: long; null where it is that of a
   * whole process.
   */
  public static final String THREAD = "thread";

  /** Program that a trace's process ran last in it: string; null if nobody knows it. */
  public static final String EXECUTABLE = "executable";

  /**
   * When a trace's process started, or the time of the trace's first call if that is not known:
   * timestamp; null if the format does not say it.
   */
  public static final String STARTED = "started";

  /** The columns that every method needs of traces: {@link #ORDINAL} and {@link #CALLS}. */
  public static final RequiredColumns TRACES =
      new RequiredColumns(
          "traces",
          new StructType()
              .add(ORDINAL, DataTypes.LongType)
              .add(CALLS, DataTypes.createArrayType(DataTypes.IntegerType)));

  /**
   * The columns that a method needs of traces of several splits: those of {@link #TRACES}, and
   * {@link #SPLIT}.
   */
  public static final RequiredColumns TRACES_OF_SPLITS =
      new RequiredColumns("traces", TRACES.columns().add(SPLIT, DataTypes.StringType));

  /** The columns that say where a trace was recorded, each null if nobody knows it. */
  public static final StructType ORIGIN =
      new StructType()
          .add(HOST, DataTypes.StringType)
          .add(CONTAINER, DataTypes.StringType)
          .add(PROCESS, DataTypes.LongType)
          .add(THREAD, DataTypes.LongType)
          .add(EXECUTABLE, DataTypes.StringType)
          .add(STARTED, DataTypes.TimestampType);

  private TraceColumns() {}

  /** Adds those columns of {@link #ORIGIN} that the rows lack, as null. */
  public static Dataset<Row> withOrigin(Dataset<Row> rows) {
    Dataset<Row> complete = rows;
    for (StructField column : ORIGIN.fields()) {
      if (!Arrays.asList(rows.columns()).contains(column.name())) {
        complete = complete.withColumn(column.name(), lit(null).cast(column.dataType()));
      }
    }
    return complete;
  }

  /** The columns of a schema that are not among {@link #ORIGIN}. */
  public static StructType withoutOrigin(StructType schema) {
    List<String> origin = Arrays.asList(ORIGIN.fieldNames());
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(column -> !origin.contains(column.name()))
            .toArray(StructField[]::new));
  }
}
