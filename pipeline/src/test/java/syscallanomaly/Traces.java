package syscallanomaly;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Makes datasets of traces for tests, in the shape in which the trace reader gives them. */
public final class Traces {
  private static final StructType SCHEMA =
      new StructType()
          .add("ordinal", DataTypes.LongType)
          .add("trace_id", DataTypes.StringType)
          .add("family", DataTypes.StringType)
          .add("calls", DataTypes.createArrayType(DataTypes.IntegerType, false));

  private Traces() {}

  /** Traces with ordinals 0, 1, 2, ... and no family. */
  public static Dataset<Row> of(SparkSession spark, int[]... traces) {
    return ofFamily(spark, null, traces);
  }

  public static Dataset<Row> ofFamily(SparkSession spark, String family, int[]... traces) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < traces.length; i++) {
      rows.add(RowFactory.create((long) i, "trace-" + i, family, traces[i]));
    }
    return spark.createDataset(rows, Encoders.row(SCHEMA)).repartition(2);
  }

  /** Calls first, first + 1, ..., count of them. */
  public static int[] range(int first, int count) {
    int[] calls = new int[count];
    for (int i = 0; i < count; i++) {
      calls[i] = first + i;
    }
    return calls;
  }

  public static int[] calls(int... calls) {
    return calls;
  }
}
