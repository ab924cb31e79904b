package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.evaluate.ScoreRows.attack;
import static syscallanomaly.evaluate.ScoreRows.normal;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;

/** What cannot be evaluated is refused with its reason. */
@ExtendWith(SparkExtension.class)
class UnusableScoresTest {
  private final SparkSession spark;

  UnusableScoresTest(SparkSession spark) {
    this.spark = spark;
  }

  private static DetectionResult evaluate(Dataset<Row> scores) {
    return new DetectionEvaluation(new EvaluationSettings(20, 42))
        .evaluate(scores, ScoreRows.CALIBRATIONS);
  }

  @Test
  void aDetectorWithoutCalibrationFails() {
    Dataset<Row> scores = ScoreRows.of(spark, normal("ngram", 1, true));

    assertThatThrownBy(() -> evaluate(scores))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot evaluate detector ngram: it has no calibration; give one for each detector");
  }

  @Test
  void scoresThatAreNoNumberFail() {
    assertThatThrownBy(
            () ->
                evaluate(
                    ScoreRows.of(
                        spark,
                        normal("lstm", 1, true),
                        normal("lstm", Double.NaN, true),
                        attack("lstm", "Adduser", Double.NaN, true))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot evaluate detector lstm: 2 of its scores are NaN or null; check whether the loss"
                + " of its model diverged");
    assertThatThrownBy(
            () ->
                evaluate(
                    ScoreRows.of(spark, normal("lstm", 1, true))
                        .withColumn("score", lit(null).cast("double"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 of its scores are NaN or null");
  }

  @Test
  void otherSplitsAndOpenPopulationsFail() {
    Dataset<Row> scores = ScoreRows.of(spark, normal("lstm", 1, true));
    assertThatThrownBy(() -> evaluate(scores.withColumn("split", lit("training"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot evaluate detector lstm: its scores hold the split 'training'; keep only"
                + " 'validation' and 'attack'");
    assertThatThrownBy(() -> evaluate(scores.withColumn("distinct", lit(null).cast("boolean"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot evaluate detector lstm: column 'distinct' is null for some traces; set it to"
                + " true or false");
    assertThatThrownBy(() -> evaluate(scores.withColumn("cluster", lit(null).cast("string"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot evaluate detector lstm: column 'cluster' is null for some traces; name what is"
                + " resampled together");
  }

  @Test
  void needsABootstrapSample() {
    assertThatThrownBy(() -> new EvaluationSettings(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot evaluate with 0 bootstrap samples: an interval needs at least 1; 1000 is a good"
                + " number");
  }
}
