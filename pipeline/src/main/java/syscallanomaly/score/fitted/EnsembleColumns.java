package syscallanomaly.score.fitted;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.udf;

import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.score.ensemble.ScoreScale;

/** Combines the scores of an ensemble's parts, which are columns of a row. */
final class EnsembleColumns implements AutoCloseable {
  private final Ensemble ensemble;
  private final Broadcast<ScoreScale[]> scales;

  EnsembleColumns(SparkSession spark, Ensemble ensemble, CalibrationScores calibration) {
    this.ensemble = ensemble;
    this.scales =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(
                ensemble.parts().stream().map(calibration::scale).toArray(ScoreScale[]::new));
  }

  /** The score of the ensemble: double. */
  Column score() {
    Ensemble combining = ensemble;
    Broadcast<ScoreScale[]> shared = scales;
    UDF1<Seq<Double>, Double> score = parts -> combining.score(z(parts, shared.value()));
    return udf(score, DataTypes.DoubleType).apply(parts());
  }

  /** The name of the part that finds the trace most anomalous: string. */
  Column loudest() {
    Ensemble combining = ensemble;
    Broadcast<ScoreScale[]> shared = scales;
    UDF1<Seq<Double>, String> loudest = parts -> combining.loudest(z(parts, shared.value()));
    return udf(loudest, DataTypes.StringType).apply(parts());
  }

  private Column parts() {
    return array(ensemble.parts().stream().map(functions::col).toArray(Column[]::new));
  }

  private static double[] z(Seq<Double> parts, ScoreScale[] scales) {
    return IntStream.range(0, scales.length)
        .mapToDouble(part -> scales[part].z(parts.apply(part)))
        .toArray();
  }

  @Override
  public void close() {
    scales.destroy();
  }
}
