package syscallanomaly.score.fitted;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static syscallanomaly.score.ScoreColumns.ALARM;
import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.score.ScoreColumns.PART;
import static syscallanomaly.score.ScoreColumns.P_VALUE;
import static syscallanomaly.score.ScoreColumns.SCORE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.score.Calibration;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.score.lstm.CallPredictions;

/**
 * The scores that a {@link FittedDetector} gives traces. The workers keep them until {@link
 * #close}.
 */
public final class DetectorScores implements AutoCloseable {
  /** Columns that hold neither a score nor what the caller told of a trace. */
  private static final Set<String> SUMS =
      Set.of(
          CallPredictions.PREDICTIONS,
          CallPredictions.LOSS,
          CallPredictions.CORRECT,
          CallPredictions.TOP5);

  private final Dataset<Row> traces;
  private final Map<String, Calibration> calibrations = new LinkedHashMap<>();
  private final Broadcast<Map<String, Calibration>> shared;
  private final Map<String, EnsembleColumns> ensembles = new HashMap<>();

  /**
   * Computes the scores before it returns.
   *
   * @param scored one row for each trace, with a double for each detector that is no ensemble
   */
  DetectorScores(
      SparkSession spark,
      Dataset<Row> scored,
      DetectorManifest manifest,
      CalibrationScores calibration) {
    Dataset<Row> all = scored;
    for (Ensemble ensemble : manifest.ensembles()) {
      EnsembleColumns columns = new EnsembleColumns(spark, ensemble, calibration);
      ensembles.put(ensemble.name(), columns);
      all = all.withColumn(ensemble.name(), columns.score());
    }
    manifest
        .detectors()
        .forEach(detector -> calibrations.put(detector, calibration.calibration(detector)));
    this.shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new HashMap<>(calibrations));
    // On disk, because they grow with the traces, and Spark would give them half of its memory.
    this.traces = all.persist(StorageLevel.DISK_ONLY());
    traces.count();
  }

  /** The names of the detectors, in the order in which reports show them. */
  public List<String> detectors() {
    return List.copyOf(calibrations.keySet());
  }

  /** The calibration of each detector, by name. */
  public Map<String, Calibration> calibrations() {
    return calibrations;
  }

  /**
   * One row for each trace: the columns that the traces came with, but {@code calls} is their
   * number; a double for each detector; and, with a language model, the sums over its predictions.
   */
  public Dataset<Row> traces() {
    return traces;
  }

  /**
   * One row for each detector and trace: the columns that the traces came with, but {@code calls}
   * is their number; {@code detector}, {@code score}, {@code p_value}, {@code alarm}, and {@code
   * part}, see {@link syscallanomaly.score.ScoreColumns}.
   *
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   */
  public Dataset<Row> rows(double falseAlarmRate) {
    return rows(calibrations.keySet(), falseAlarmRate);
  }

  /**
   * The rows of one detector, see {@link #rows(double)}.
   *
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   */
  public Dataset<Row> rows(String detector, double falseAlarmRate) {
    return rows(List.of(detector), falseAlarmRate);
  }

  private Dataset<Row> rows(Collection<String> detectors, double falseAlarmRate) {
    Broadcast<Map<String, Calibration>> byName = shared;
    UDF2<String, Double, Double> pValue = (name, score) -> byName.value().get(name).pValue(score);
    UDF2<String, Double, Boolean> alarm =
        (name, score) -> byName.value().get(name).alarm(score, falseAlarmRate);
    List<Column> columns = new ArrayList<>(told().map(functions::col).toList());
    columns.add(
        explode(array(detectors.stream().map(this::judged).toArray(Column[]::new))).as("judged"));
    return traces
        .select(columns.toArray(Column[]::new))
        .select(
            Stream.concat(told(), Stream.of("judged.*")).map(functions::col).toArray(Column[]::new))
        .withColumn(P_VALUE, udf(pValue, DataTypes.DoubleType).apply(col(DETECTOR), col(SCORE)))
        .withColumn(ALARM, udf(alarm, DataTypes.BooleanType).apply(col(DETECTOR), col(SCORE)));
  }

  private Column judged(String detector) {
    Column part =
        ensembles.containsKey(detector)
            ? ensembles.get(detector).loudest()
            : lit(null).cast(DataTypes.StringType);
    return struct(lit(detector).as(DETECTOR), col(detector).as(SCORE), part.as(PART));
  }

  /** The columns that the traces came with. */
  private Stream<String> told() {
    return Arrays.stream(traces.columns())
        .filter(column -> !Detectors.names().contains(column) && !SUMS.contains(column));
  }

  @Override
  public void close() {
    traces.unpersist();
    shared.destroy();
    ensembles.values().forEach(EnsembleColumns::close);
  }
}
