package syscallanomaly.score;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static syscallanomaly.score.ScoreColumns.ALARM;
import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.score.ScoreColumns.P_VALUE;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.window.SequenceContent;

/**
 * The scores that one detector gives all test traces.
 *
 * @param detector name of the detector
 * @param traces {@code detector}, {@code split}, {@code ordinal}, {@code family}, {@code trace_id},
 *     {@code calls} long, {@code score}, {@code p_value}, {@code alarm}, {@link
 *     ScoreColumns#POPULATION_COLUMNS}, and the columns that the detector adds. The workers keep
 *     the rows until {@link #close}.
 * @param calibration calibration that gave the p-values
 */
public record DetectorScores(String detector, Dataset<Row> traces, Calibration calibration)
    implements AutoCloseable {
  /**
   * Most held-out traces that calibrate. They allow p-values down to .0001, and bound the driver's
   * memory.
   */
  private static final int MOST_CALIBRATION_TRACES = 10_000;

  /**
   * Scores the test traces with a detector before it returns. The alarm is calibrated on at most
   * 10,000 held-out traces, which a hash of their calls chooses.
   *
   * @param detector detector that scores
   * @param tests test traces, see {@link TestTraces#of}
   * @param heldOut training traces that no model was trained on, with a column {@code split}
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   */
  public static DetectorScores of(
      Detector detector, Dataset<Row> tests, Dataset<Row> heldOut, double falseAlarmRate) {
    Calibration calibration =
        new Calibration(
            detector
                .scoreHeldOut(chosen(heldOut, MOST_CALIBRATION_TRACES))
                .select(SCORE)
                .as(Encoders.DOUBLE())
                .collectAsList()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    Dataset<Row> scored =
        tests
            .drop(CALLS)
            .withColumnRenamed("length", CALLS)
            .join(detector.score(tests), new String[] {SPLIT, ORDINAL})
            .withColumn(DETECTOR, lit(detector.name()))
            .withColumn(P_VALUE, pValue(calibration))
            .withColumn(ALARM, col(P_VALUE).leq(falseAlarmRate))
            .persist(StorageLevel.MEMORY_AND_DISK());
    scored.count();
    return new DetectorScores(detector.name(), scored, calibration);
  }

  /**
   * Chooses traces by what they contain. Only the keys of the traces are sorted, and the driver
   * receives no calls.
   *
   * @param most largest number of traces to choose; fewer traces are all chosen
   */
  static Dataset<Row> chosen(Dataset<Row> traces, int most) {
    Dataset<Row> ordinals =
        traces
            .select(col(ORDINAL), SequenceContent.of(col(CALLS)).as(SequenceContent.CONTENT))
            .orderBy(SequenceContent.CONTENT, ORDINAL)
            .limit(most)
            .select(ORDINAL);
    return traces.join(broadcast(ordinals), new String[] {ORDINAL}, "left_semi");
  }

  /**
   * The columns that the scores of every detector have: those of {@link TraceScore}, and {@link
   * ScoreColumns#POPULATION_COLUMNS}.
   */
  public Dataset<Row> commonColumns() {
    return traces.select(
        Stream.concat(
                Arrays.stream(TraceScore.REQUIRED.columns().fieldNames()),
                ScoreColumns.POPULATION_COLUMNS.stream())
            .map(functions::col)
            .toArray(Column[]::new));
  }

  private static Column pValue(Calibration calibration) {
    UDF1<Double, Double> pValue = calibration::pValue;
    return udf(pValue, DataTypes.DoubleType).apply(col(SCORE));
  }

  @Override
  public void close() {
    traces.unpersist();
  }
}
