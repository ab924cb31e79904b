package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Traces.calls;
import static syscallanomaly.Updates.rmsProp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.trace.Split;
import syscallanomaly.vocabulary.SystemCallNames;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

@ExtendWith(SparkExtension.class)
class DetectorsTest {
  private static final LanguageModel MODEL =
      new LanguageModel(
          NetworkBuilder.build(new NetworkSettings(List.of(5), 0, 0), 10, 2, rmsProp(0.001), 1));

  private static Map<Long, Double> byOrdinal(Dataset<Row> scores) {
    return scores.select("ordinal", "score").collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getLong(0), row -> row.getDouble(1)));
  }

  private static LstmDetector lstm(SparkSession spark) {
    return new LstmDetector(new DistributedModel(spark, MODEL, 3), cutter());
  }

  private static WindowCutter cutter() {
    return new WindowCutter(Vocabulary.fixed(10), new WindowSettings(3, 0));
  }

  private static double surprise(int... window) {
    return MODEL.predict(List.of(window)).negativeLogLikelihood()[0];
  }

  @Test
  void stideCountsTheGramsThatNoNormalTraceHolds(SparkSession spark) {
    Dataset<Row> normal = Traces.of(spark, calls(1, 2, 3, 4), calls(7, 8, 9));
    StideDetector stide = new StideDetector(normal, normal.where("ordinal = 1"), 2);
    Dataset<Row> tests =
        TestTraces.labelled(
            Traces.of(
                spark, calls(1, 2, 3), calls(3, 2, 1), calls(1, 2, 9, 7, 8), calls(5), calls(7, 8)),
            Split.VALIDATION);

    assertThat(byOrdinal(stide.score(tests)))
        .isEqualTo(Map.of(0L, 0.0, 1L, 1.0, 2L, 0.5, 3L, 0.0, 4L, 0.0));
    assertThat(byOrdinal(stide.scoreHeldOut(tests)).get(4L))
        .as("as if the held-out trace were never seen")
        .isEqualTo(1.0);
  }

  @Test
  void lstmScoresTheMeanSurpriseOfATracesCalls(SparkSession spark) {
    Dataset<Row> tests =
        TestTraces.labelled(
            Traces.of(spark, calls(1, 2, 3, 1, 2, 3), calls(4, 5), calls(1, 2, 3)),
            Split.VALIDATION);
    Dataset<Row> scores = lstm(spark).score(tests).orderBy("ordinal").cache();
    double cycle = surprise(1, 2, 3);

    assertThat(byOrdinal(scores).get(0L))
        .isCloseTo((cycle + surprise(2, 3, 1) + surprise(3, 1, 2) + cycle) / 4, within(1e-6));
    assertThat(byOrdinal(scores).get(1L))
        .as("every call of a short trace, padded")
        .isCloseTo((surprise(0, 0, 4) + surprise(0, 4, 5)) / 2, within(1e-6));
    assertThat(
            scores.select("predictions").collectAsList().stream()
                .map(row -> row.getLong(0))
                .toList())
        .as("a short trace has no window")
        .containsExactly(4L, 0L, 1L);
    assertThat(scores.where("ordinal = 0").head().<Double>getAs("loss"))
        .as("exact, where the score has six decimals")
        .isCloseTo(byOrdinal(scores).get(0L) * 4, within(4e-6));
  }

  @Test
  void alarmsRestOnHeldOutTracesAlone(SparkSession spark) {
    Dataset<Row> normal = Traces.of(spark, calls(1, 2, 3), calls(1, 2, 4), calls(1, 2, 3, 5));
    Dataset<Row> heldOut = normal.where("ordinal > 0");
    Dataset<Row> tests =
        TestTraces.of(
            TestTraces.contents(normal),
            Traces.of(spark, calls(1, 2, 3)),
            Optional.of(Traces.ofFamily(spark, "Adduser", calls(9, 11, 7))),
            11);
    try (DetectorScores scores =
        DetectorScores.of(
            new StideDetector(normal, heldOut, 2),
            tests,
            TestTraces.labelled(heldOut, Split.TRAINING),
            0.4)) {
      // The held-out traces score 1/2 and 1/3 against the one trace that is left.
      assertThat(scores.calibration().threshold(0.4)).isEqualTo(0.5);
      List<Row> rows = scores.commonColumns().orderBy("split").collectAsList();
      assertThat(rows.get(0).toString())
          .isEqualTo(
              "[stide,attack,Adduser,trace-0,3,1.0,0.3333333333333333,true,true,true,false,trace-0]");
      assertThat(rows.get(1).toString())
          .startsWith("[stide,validation,null,trace-0,3,0.0,1.0,false,false,false,true,");
    }
  }

  @Test
  void theMostAnomalousTracesShowTheirMostSurprisingCalls(SparkSession spark) {
    LstmDetector lstm = lstm(spark);
    Dataset<Row> tests =
        TestTraces.of(
            TestTraces.contents(Traces.of(spark, calls(9, 9))),
            Traces.of(spark, calls(1, 2, 3, 4, 5, 6, 7), calls(4, 4, 4, 4), calls(2, 3)),
            Optional.empty(),
            11);
    try (DetectorScores scores =
        DetectorScores.of(
            lstm, tests, TestTraces.labelled(Traces.of(spark), Split.TRAINING), 0.05)) {
      List<AnomalousTrace> found =
          new MostAnomalous(lstm, SystemCallNames.i386()).find(scores, tests, 2, 3);

      assertThat(found).hasSize(2);
      assertThat(found.get(0).score()).isGreaterThanOrEqualTo(found.get(1).score());
      AnomalousTrace longest =
          new MostAnomalous(lstm, SystemCallNames.i386())
              .find(scores, tests, 3, 100).stream()
                  .filter(trace -> trace.traceId().equals("trace-0"))
                  .findFirst()
                  .orElseThrow();
      assertThat(longest.surprising()).hasSize(5);
      SurprisingCall first = longest.surprising().get(0);
      // The trace is 1, 2, ... 7: a call is its position, counted from 1.
      int call = first.call();
      assertThat(first.position()).isEqualTo(call);
      assertThat(first.name()).isEqualTo(SystemCallNames.i386().name(call));
      assertThat(first.negativeLogLikelihood())
          .isCloseTo(surprise(call - 2, call - 1, call), within(1e-6));
      assertThat(first.preceding()).endsWith(SystemCallNames.i386().name(call - 1));
      assertThat(longest.surprising())
          .isSortedAccordingTo(
              (a, b) -> Double.compare(b.negativeLogLikelihood(), a.negativeLogLikelihood()));
    }
  }
}
