package syscallanomaly.trace;

import org.apache.spark.sql.types.DataTypes;
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

  private TraceColumns() {}
}
