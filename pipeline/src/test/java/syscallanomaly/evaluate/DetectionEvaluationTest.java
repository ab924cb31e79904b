package syscallanomaly.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.evaluate.ScoreRows.CALIBRATIONS;
import static syscallanomaly.evaluate.ScoreRows.attack;
import static syscallanomaly.evaluate.ScoreRows.normal;
import static syscallanomaly.evaluate.ScoreRows.withoutExecve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.score.Calibration;

@ExtendWith(SparkExtension.class)
class DetectionEvaluationTest {
  private static final EvaluationSettings SETTINGS = new EvaluationSettings(200, 42);

  private final SparkSession spark;
  private final DetectionEvaluation evaluation = new DetectionEvaluation(SETTINGS);

  DetectionEvaluationTest(SparkSession spark) {
    this.spark = spark;
  }

  private static DetectionEvaluation bounded(int scores) {
    return new DetectionEvaluation(SETTINGS, new ScoreGrouping.Bounds(scores, 500, 100, 100_000));
  }

  private DetectionResult evaluate(Dataset<Row> scores) {
    return evaluate(evaluation, scores);
  }

  private static DetectionResult evaluate(DetectionEvaluation with, Dataset<Row> scores) {
    return with.evaluate(scores, CALIBRATIONS);
  }

  @Test
  void countsEveryDetectorPopulationAndFamily() {
    Dataset<Row> scores =
        scores(
            normal("lstm", 0, true),
            normal("lstm", 1, true),
            normal("lstm", 1, false),
            normal("lstm", 2, true),
            attack("lstm", "Web_Shell", 3, true),
            attack("lstm", "Adduser", 2, true),
            attack("lstm", "Adduser", 2, false),
            normal("stide", .5, true),
            attack("stide", null, .5, true));

    DetectionResult result = evaluate(scores);

    assertThat(result.detections())
        .extracting(
            Detection::detector,
            Detection::population,
            Detection::family,
            Detection::normal,
            Detection::attacks,
            Detection::auc,
            Detection::tprAtFpr20,
            Detection::fprAtTpr90)
        .containsExactly(
            tuple("lstm", Population.OFFICIAL, "all", 4L, 3L, 11.0 / 12, 1.0 / 3, .25),
            tuple("lstm", Population.OFFICIAL, "Adduser", 4L, 2L, 7.0 / 8, 0.0, .25),
            tuple("lstm", Population.OFFICIAL, "Web_Shell", 4L, 1L, 1.0, 1.0, 0.0),
            tuple("lstm", Population.DISTINCT, "all", 3L, 2L, 5.5 / 6, .5, 1.0 / 3),
            tuple("lstm", Population.DISTINCT, "Adduser", 3L, 1L, 2.5 / 3, 0.0, 1.0 / 3),
            tuple("lstm", Population.DISTINCT, "Web_Shell", 3L, 1L, 1.0, 1.0, 0.0),
            tuple("stide", Population.OFFICIAL, "all", 1L, 1L, .5, 0.0, 1.0),
            tuple("stide", Population.DISTINCT, "all", 1L, 1L, .5, 0.0, 1.0));
    assertThat(result.detections())
        .filteredOn(d -> d.aucLow() != null)
        .isNotEmpty()
        .allSatisfy(d -> assertThat(d.auc()).isBetween(d.aucLow(), d.aucHigh()));
    assertThat(result.roc())
        .filteredOn(p -> p.detector().equals("lstm") && p.population() == Population.DISTINCT)
        .extracting(RocPoint::threshold, RocPoint::fpr, RocPoint::tpr)
        .containsExactly(
            tuple(Double.POSITIVE_INFINITY, 0.0, 0.0),
            tuple(3.0, 0.0, .5),
            tuple(2.0, 1.0 / 3, 1.0),
            tuple(0.0, 1.0, 1.0));
    assertThat(result.roc())
        .filteredOn(p -> p.detector().equals("stide"))
        .as("two points in each of two populations")
        .hasSize(2 * 2);
  }

  @Test
  void everyRateHasItsOwnLimit() {
    // One normal trace at each score 1..100, one attack between any two: k false alarms of 100 go
    // with k + 1 of 101 attacks.
    Dataset<Row> scores =
        spark
            .range(1, 202)
            .select(
                lit("lstm").as("detector"),
                when(col("id").mod(2).equalTo(0), "validation").otherwise("attack").as("split"),
                lit(null).cast("string").as("family"),
                col("id").divide(2).as("score"),
                lit(true).as("distinct"),
                lit(true).as("distinct_in_family"),
                lit(false).as("without_execve"),
                col("id").cast("string").as("cluster"));
    Detection all = evaluate(scores).detections().get(0);
    assertThat(all.normal()).isEqualTo(100);
    assertThat(all.attacks()).isEqualTo(101);
    assertThat(all.tprAtFpr01()).isEqualTo(2.0 / 101);
    assertThat(all.tprAtFpr05()).isEqualTo(6.0 / 101);
    assertThat(all.tprAtFpr10()).isEqualTo(11.0 / 101);
    assertThat(all.tprAtFpr15()).isEqualTo(16.0 / 101);
    assertThat(all.tprAtFpr20()).isEqualTo(21.0 / 101);
    assertThat(all.fprAtTpr90()).isEqualTo(.9);
  }

  @Test
  void resultDependsOnTheSeedAndNotOnPartitions() {
    Dataset<Row> scores = manyScores(500);
    DetectionResult one = evaluate(scores.coalesce(1));
    assertThat(evaluate(scores.repartition(7, col("trace_id")))).isEqualTo(one);
    assertThat(evaluate(scores.orderBy(col("score").desc()))).isEqualTo(one);

    DetectionResult otherSeed =
        evaluate(new DetectionEvaluation(new EvaluationSettings(200, 43)), scores);
    assertThat(otherSeed.roc()).isEqualTo(one.roc());
    assertThat(otherSeed.detections().get(0).auc()).isEqualTo(one.detections().get(0).auc());
    assertThat(otherSeed.detections().get(0).aucLow())
        .isNotEqualTo(one.detections().get(0).aucLow());
  }

  @Test
  void beyondTheBoundTakesNeighbouringScoresTogether() {
    Dataset<Row> few = scores(normal("stide", 0, true), attack("stide", "Adduser", 1, true));
    Dataset<Row> scores = manyScores(1000).union(few);
    int bound = 60;

    DetectionResult exact = evaluate(scores);
    DetectionEvaluation coarse = bounded(bound);
    DetectionResult bounded = evaluate(coarse, scores);

    assertThat(exact.roc().size()).isGreaterThan(200);
    assertThat(bounded.roc()).filteredOn(p -> p.detector().equals("lstm")).hasSizeBetween(60, 183);
    assertThat(bounded.detections()).hasSameSizeAs(exact.detections());
    for (int i = 0; i < exact.detections().size(); i++) {
      Detection was = exact.detections().get(i);
      Detection is = bounded.detections().get(i);
      assertThat(is.normal()).isEqualTo(was.normal());
      assertThat(is.attacks()).isEqualTo(was.attacks());
      assertThat(is.auc()).isCloseTo(was.auc(), within(1.0 / bound));
      assertThat(is.tprAtFpr10()).isLessThanOrEqualTo(was.tprAtFpr10());
    }
    assertThat(bounded.detections())
        .filteredOn(d -> d.detector().equals("stide"))
        .isEqualTo(exact.detections().stream().filter(d -> d.detector().equals("stide")).toList());
    List<Row> lstm = manyScores(1000).collectAsList();
    for (RocPoint point : bounded.roc()) {
      if (point.detector().equals("lstm") && point.population() == Population.OFFICIAL) {
        assertThat(point.fpr()).isEqualTo(reported(lstm, "validation", point.threshold()));
        assertThat(point.tpr()).isEqualTo(reported(lstm, "attack", point.threshold()));
      }
    }
    assertThat(evaluate(coarse, scores.repartition(5))).isEqualTo(bounded);
  }

  @Test
  void oneDistinctScoreBeyondTheBoundIsTakenTogether() {
    Dataset<Row> scores =
        scores(
            normal("lstm", 0, true),
            normal("lstm", 1, true),
            attack("lstm", "Adduser", 2, true),
            attack("lstm", "Adduser", 3, true));
    assertThat(evaluate(bounded(4), scores).roc().get(1).threshold()).isEqualTo(2);
    // Ranks 0, 1, 2, 3 fall into cells 0, 0, 1, 2.
    assertThat(evaluate(bounded(3), scores).detections().get(0).auc()).isEqualTo(1);
    // Into cells 0, 0, 0, 0.
    assertThat(evaluate(bounded(1), scores).detections().get(0).auc()).isEqualTo(.5);
  }

  @Test
  void withoutOneOfTheClassesThereAreNoRows() {
    assertThat(evaluate(scores()))
        .isEqualTo(new DetectionResult(List.of(), List.of(), List.of(), List.of()));
    assertThat(evaluate(scores(normal("lstm", 1, true))).detections()).isEmpty();
    DetectionResult attacks = evaluate(scores(attack("lstm", "Adduser", 1, true)));
    assertThat(attacks.roc()).isEmpty();
    assertThat(attacks.operatingPoints()).isEmpty();
    assertThat(
            evaluate(scores(normal("lstm", 1, false), attack("lstm", "Adduser", 2, true)))
                .detections())
        .extracting(Detection::population, Detection::family)
        .containsExactly(tuple(Population.OFFICIAL, "all"), tuple(Population.OFFICIAL, "Adduser"));
  }

  @Test
  void falseAlarmsAreKnownWithoutAttacks() {
    DetectionResult result = evaluate(scores(normal("lstm", 0, true), normal("lstm", 2, false)));

    assertThat(result.operatingPoints())
        .extracting(
            OperatingPoint::population,
            OperatingPoint::askedFalseAlarmRate,
            OperatingPoint::threshold,
            OperatingPoint::falseAlarmRate,
            OperatingPoint::detectionRate)
        .containsExactly(
            tuple(Population.OFFICIAL, .01, null, 0.0, null),
            tuple(Population.OFFICIAL, .05, null, 0.0, null),
            tuple(Population.OFFICIAL, .1, 1.0, .5, null),
            tuple(Population.OFFICIAL, .2, 1.0, .5, null),
            tuple(Population.DISTINCT, .01, null, 0.0, null),
            tuple(Population.DISTINCT, .05, null, 0.0, null),
            tuple(Population.DISTINCT, .1, 1.0, 0.0, null),
            tuple(Population.DISTINCT, .2, 1.0, 0.0, null));
    assertThat(result.comparisons()).isEmpty();
  }

  @Test
  void tracesWithoutExecveCountWithTheirCopies() {
    Dataset<Row> scores =
        scores(
            normal("lstm", 3, true),
            withoutExecve(normal("lstm", 1, false)),
            withoutExecve(normal("lstm", 2, true)),
            withoutExecve(attack("lstm", "Adduser", 2, true)),
            withoutExecve(attack("lstm", "Adduser", 2, false)),
            attack("lstm", "Web_Shell", 2, true));

    assertThat(evaluate(scores).detections())
        .filteredOn(d -> d.population() == Population.WITHOUT_EXECVE)
        .extracting(Detection::family, Detection::normal, Detection::attacks, Detection::auc)
        .containsExactly(tuple("all", 2L, 2L, .75), tuple("Adduser", 2L, 2L, .75));
  }

  @Test
  void everyPairOfDetectorsIsComparedInTheGivenOrder() {
    Dataset<Row> scores =
        scores(
            normal("stide", 0, true),
            normal("stide", 1, true),
            attack("stide", "Adduser", 1, true),
            attack("stide", "Web_Shell", 0, true),
            normal("lstm", 0, true),
            normal("lstm", 1, true),
            attack("lstm", "Adduser", 2, true),
            attack("lstm", "Web_Shell", 3, true));

    DetectionResult result = evaluate(scores);

    assertThat(result.comparisons())
        .extracting(
            Comparison::detector,
            Comparison::other,
            Comparison::population,
            Comparison::aucDifference)
        .containsExactly(
            tuple("lstm", "stide", Population.OFFICIAL, .5),
            tuple("lstm", "stide", Population.DISTINCT, .5));
    Map<String, Calibration> turned = new LinkedHashMap<>();
    turned.put("stide", CALIBRATIONS.get("stide"));
    turned.put("lstm", CALIBRATIONS.get("lstm"));
    assertThat(evaluation.evaluate(scores, turned).comparisons())
        .extracting(Comparison::detector, Comparison::aucDifference)
        .containsOnly(tuple("stide", -.5));
  }

  @Test
  void detectorsThatComeApartGiveTheSame() {
    Dataset<Row> scores =
        manyScores(300)
            .unionByName(manyScores(300).withColumn("detector", lit("stide")))
            .withColumn(
                "score",
                when(col("detector").equalTo("stide"), col("score").multiply(col("score")))
                    .otherwise(col("score")));
    DetectionEvaluation apart =
        new DetectionEvaluation(SETTINGS, new ScoreGrouping.Bounds(10_000, 500, 100, 1));

    DetectionResult result = evaluate(apart, scores);

    assertThat(result.comparisons()).hasSize(3);
    assertThat(result).isEqualTo(evaluate(scores));
  }

  @Test
  void bucketsGiveAboutTheIntervalsOfTheClustersThemselves() {
    Dataset<Row> scores = manyScores(2000);
    EvaluationSettings settings = new EvaluationSettings(1000, 1);
    Detection exact = evaluate(new DetectionEvaluation(settings), scores).detections().get(0);
    Detection merged =
        evaluate(
                new DetectionEvaluation(
                    settings, new ScoreGrouping.Bounds(50_000, 40, 40, 100_000)),
                scores)
            .detections()
            .get(0);

    assertThat(merged.auc()).isEqualTo(exact.auc());
    assertThat(merged.aucLow()).isNotEqualTo(exact.aucLow());
    double width = exact.aucHigh() - exact.aucLow();
    assertThat(merged.aucHigh() - merged.aucLow()).isBetween(.7 * width, 1.3 * width);
    assertThat(merged.auc()).isBetween(merged.aucLow(), merged.aucHigh());
    assertThat(merged.tprAtFpr05()).isBetween(merged.tprAtFpr05Low(), merged.tprAtFpr05High());
  }

  /** Distinct scores; every third trace an attack, and attacks lie a little higher. */
  private Dataset<Row> manyScores(int traces) {
    return spark
        .range(traces)
        .select(
            lit("lstm").as("detector"),
            when(col("id").mod(3).equalTo(0), "attack").otherwise("validation").as("split"),
            when(col("id").mod(6).equalTo(0), "Adduser")
                .when(col("id").mod(3).equalTo(0), "Web_Shell")
                .as("family"),
            col("id").cast("string").as("trace_id"),
            lit(100L).as("calls"),
            // 7919 is a prime: the products repeat only after 7919 traces.
            col("id")
                .multiply(4243)
                .mod(7919)
                .divide(7919)
                .plus(when(col("id").mod(3).equalTo(0), .3).otherwise(0))
                .as("score"),
            lit(.5).as("p_value"),
            lit(false).as("alarm"),
            col("id").mod(2).equalTo(0).as("distinct"),
            col("id").mod(2).equalTo(0).as("distinct_in_family"),
            col("id").mod(5).equalTo(0).as("without_execve"),
            col("id").cast("string").as("cluster"));
  }

  private static double reported(List<Row> rows, String split, double threshold) {
    List<Row> of = rows.stream().filter(row -> row.getAs("split").equals(split)).toList();
    long reported = of.stream().filter(row -> row.<Double>getAs("score") >= threshold).count();
    return (double) reported / of.size();
  }

  private Dataset<Row> scores(Row... rows) {
    return ScoreRows.of(spark, rows);
  }
}
