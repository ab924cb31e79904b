package syscallanomaly.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.score.Calibration;

/** Makes scored traces for tests. */
final class ScoreRows {
  /** Alarms at 10 % are above 1 for lstm, and at 20 % above .5 for stide. */
  static final Map<String, Calibration> CALIBRATIONS = calibrations();

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "detector string, split string, family string, trace_id string, calls bigint,"
              + " score double, p_value double, alarm boolean, distinct boolean,"
              + " distinct_in_family boolean, without_execve boolean, cluster string");

  private ScoreRows() {}

  private static Map<String, Calibration> calibrations() {
    Map<String, Calibration> calibrations = new LinkedHashMap<>();
    calibrations.put("lstm", new Calibration(new double[] {1}, new long[] {9}));
    calibrations.put("stide", new Calibration(new double[] {.5}, new long[] {4}));
    return calibrations;
  }

  static Dataset<Row> of(SparkSession spark, Row... rows) {
    return spark.createDataFrame(Arrays.asList(rows), SCHEMA);
  }

  static Row normal(String detector, double score, boolean distinct) {
    return row(detector, "validation", null, score, distinct);
  }

  static Row attack(String detector, String family, double score, boolean distinct) {
    return row(detector, "attack", family, score, distinct);
  }

  /** A trace with an execve, whose cluster is that of all traces of its family and score. */
  private static Row row(
      String detector, String split, String family, double score, boolean distinct) {
    return RowFactory.create(
        detector,
        split,
        family,
        "t",
        100L,
        score,
        .5,
        false,
        distinct,
        distinct,
        false,
        family + score);
  }

  static Row withoutExecve(Row row) {
    Object[] values = new Object[row.size()];
    Arrays.setAll(values, row::get);
    values[SCHEMA.fieldIndex("without_execve")] = true;
    return RowFactory.create(values);
  }
}
