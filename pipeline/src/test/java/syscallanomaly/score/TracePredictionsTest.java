package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Traces.calls;
import static syscallanomaly.Updates.rmsProp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.collection.JavaConverters;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.Predictions;
import syscallanomaly.trace.Split;
import syscallanomaly.vocabulary.SystemCallNames;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

@ExtendWith(SparkExtension.class)
class TracePredictionsTest {
  private static final LanguageModel MODEL =
      new LanguageModel(
          NetworkBuilder.buildForTraces(
              new NetworkSettings(List.of(5), 0, 3), 10, 4, rmsProp(0.001), 1));

  private static LstmDetector lstm(SparkSession spark) {
    // Windows are longer than the traces: they must not matter.
    WindowSettings settings = new WindowSettings(20, 0);
    return new LstmDetector(
        new DistributedModel(spark, MODEL, 3), new WindowCutter(Vocabulary.fixed(10), settings));
  }

  @Test
  void theScoreIsTheMeanSurpriseOfAllCallsOfATrace(SparkSession spark) {
    int[][] traces = {{1, 2, 3, 1, 2, 3}, {4, 5}, {1, 2, 3, 1, 2, 3}, {9}};
    Dataset<Row> tests = TestTraces.labelled(Traces.of(spark, traces), Split.VALIDATION);
    List<Row> rows =
        lstm(spark)
            .score(tests)
            .select("ordinal", "score", "predictions", "loss", "correct", "top5")
            .orderBy("ordinal")
            .collectAsList();

    assertThat(rows).hasSize(4);
    for (int i = 0; i < traces.length; i++) {
      Predictions scores = MODEL.predictTraces(List.of(traces[i])).get(0);
      double loss = 0;
      int correct = 0;
      int top5 = 0;
      for (int call = 0; call < traces[i].length; call++) {
        loss += scores.negativeLogLikelihood()[call];
        correct += scores.rank()[call] == 0 ? 1 : 0;
        top5 += scores.rank()[call] < 5 ? 1 : 0;
      }
      Row row = rows.get(i);
      assertThat(row.getDouble(1)).isCloseTo(loss / traces[i].length, within(2e-6));
      assertThat(row.getDouble(1) * 1e6)
          .as("six decimals")
          .isCloseTo(Math.rint(row.getDouble(1) * 1e6), within(1e-6));
      assertThat(row.getLong(2)).isEqualTo(traces[i].length);
      assertThat(row.getDouble(3)).isCloseTo(loss, within(1e-5));
      assertThat(row.getLong(4)).isEqualTo(correct);
      assertThat(row.getLong(5)).isEqualTo(top5);
    }
    assertThat(rows.get(2).getDouble(3)).as("scored once").isEqualTo(rows.get(0).getDouble(3));
  }

  @Test
  void noJoinMovesTheCallsOfATrace(SparkSession spark) {
    Dataset<Row> tests =
        TestTraces.labelled(Traces.of(spark, new int[][] {{1, 2, 3}, {4, 5}}), Split.VALIDATION);

    List<DataType> joined = new ArrayList<>();
    addJoinedTypes(lstm(spark).score(tests).queryExecution().analyzed(), joined);

    assertThat(joined).contains(DataTypes.LongType).noneMatch(ArrayType.class::isInstance);
  }

  private static void addJoinedTypes(LogicalPlan plan, List<DataType> types) {
    for (LogicalPlan child : JavaConverters.seqAsJavaList(plan.children())) {
      if (plan instanceof Join) {
        JavaConverters.seqAsJavaList(child.output())
            .forEach(column -> types.add(column.dataType()));
      }
      addJoinedTypes(child, types);
    }
  }

  @Test
  void theFirstCallOfATraceCanBeItsMostSurprisingOne(SparkSession spark) {
    LstmDetector lstm = lstm(spark);
    int[] trace = calls(1, 2, 3, 4, 5, 6, 7);
    Dataset<Row> tests =
        TestTraces.of(
            TestTraces.contents(Traces.of(spark, calls(9, 9))),
            Traces.of(spark, trace),
            Optional.empty(),
            11);
    try (DetectorScores scores =
        DetectorScores.of(
            lstm, tests, TestTraces.labelled(Traces.of(spark), Split.TRAINING), 0.05)) {
      List<SurprisingCall> surprising =
          new MostAnomalous(lstm, SystemCallNames.i386())
              .find(scores, tests, 1, 100)
              .get(0)
              .surprising();

      float[] expected = MODEL.predictTraces(List.of(trace)).get(0).negativeLogLikelihood();
      assertThat(surprising).hasSize(7);
      for (SurprisingCall call : surprising) {
        // The trace is 1, 2, ... 7: a call is its position, counted from 1.
        assertThat(call.position()).isEqualTo(call.call());
        assertThat(call.negativeLogLikelihood())
            .isCloseTo(expected[call.position() - 1], within(1e-5));
      }
    }
  }
}
