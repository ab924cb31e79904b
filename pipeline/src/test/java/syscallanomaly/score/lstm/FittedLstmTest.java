package syscallanomaly.score.lstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Traces.calls;
import static syscallanomaly.Updates.rmsProp;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
import syscallanomaly.score.TestTraces;
import syscallanomaly.trace.Split;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

@ExtendWith(SparkExtension.class)
class FittedLstmTest {
  private static final NetworkSettings NETWORK = new NetworkSettings(List.of(5), 0, 3);
  private static final LanguageModel OF_WINDOWS =
      new LanguageModel(NetworkBuilder.build(NETWORK, 10, 2, rmsProp(0.001), 1));
  private static final LanguageModel OF_TRACES =
      new LanguageModel(NetworkBuilder.buildForTraces(NETWORK, 10, 4, rmsProp(0.001), 1));

  /** The rows of traces, by number: lstm, lstm-window, predictions, loss, correct, top5. */
  private static List<Row> scores(SparkSession spark, LanguageModel model, int[]... traces) {
    WindowCutter cutter = new WindowCutter(Vocabulary.fixed(10), new WindowSettings(3, 0));
    Dataset<Row> tests = TestTraces.labelled(Traces.of(spark, traces), Split.VALIDATION);
    try (FittedLstm lstm = new FittedLstm(new DistributedModel(spark, model, 3), cutter)) {
      return lstm.score(tests).orderBy("ordinal").drop("split", "ordinal").collectAsList();
    }
  }

  private static double surprise(int... window) {
    return OF_WINDOWS.predict(List.of(window)).negativeLogLikelihood()[0];
  }

  private static int[] random(int length) {
    return new Random(7).ints(length, 1, 10).toArray();
  }

  /** The lowest mean of 100 consecutive values. */
  private static double lowest(double[] surprise) {
    return IntStream.rangeClosed(0, surprise.length - 100)
        .mapToDouble(start -> Arrays.stream(surprise, start, start + 100).average().orElseThrow())
        .min()
        .orElseThrow();
  }

  @Test
  void windowsAreScoredByTheMeanSurpriseOfTheirLastCalls(SparkSession spark) {
    List<Row> rows =
        scores(spark, OF_WINDOWS, calls(1, 2, 3, 1, 2, 3), calls(4, 5), calls(1, 2, 3));
    double cycle = surprise(1, 2, 3);

    assertThat(rows.get(0).getDouble(0))
        .isCloseTo((cycle + surprise(2, 3, 1) + surprise(3, 1, 2) + cycle) / 4, within(1e-6));
    assertThat(rows.get(1).getDouble(0))
        .as("every call of a short trace, padded")
        .isCloseTo((surprise(0, 0, 4) + surprise(0, 4, 5)) / 2, within(1e-6));
    assertThat(rows)
        .extracting(row -> row.getDouble(1))
        .as("fewer than 100 calls")
        .isEqualTo(rows.stream().map(row -> row.getDouble(0)).toList());
    assertThat(rows)
        .extracting(row -> row.getLong(2))
        .as("a short trace has no window")
        .containsExactly(4L, 0L, 1L);
    assertThat(rows.get(0).getDouble(3))
        .as("exact, where the score has six decimals")
        .isCloseTo(rows.get(0).getDouble(0) * 4, within(4e-6));
    assertThat(rows.get(0).getLong(4)).isLessThanOrEqualTo(rows.get(0).getLong(5));
  }

  @Test
  void theMostOrdinaryStretchOfWindowsCounts(SparkSession spark) {
    int[] trace = random(250);
    double[] surprise =
        IntStream.range(2, trace.length)
            .mapToDouble(last -> surprise(trace[last - 2], trace[last - 1], trace[last]))
            .toArray();

    Row row = scores(spark, OF_WINDOWS, calls(1, 2), trace, calls(3, 4)).get(1);
    assertThat(row.getDouble(1)).isCloseTo(lowest(surprise), within(1e-6));
    assertThat(row.getDouble(1)).isLessThan(row.getDouble(0) - .001);
  }

  @Test
  void theMostOrdinaryStretchOfAWholeTraceCounts(SparkSession spark) {
    int[] trace = random(250);
    float[] nats = OF_TRACES.predictTraces(List.of(trace)).get(0).negativeLogLikelihood();
    double[] surprise = IntStream.range(0, nats.length).mapToDouble(i -> nats[i]).toArray();

    Row row = scores(spark, OF_TRACES, calls(1, 2), trace, calls(3, 4)).get(1);
    assertThat(row.getDouble(0))
        .isCloseTo(Arrays.stream(surprise).average().orElseThrow(), within(2e-5));
    assertThat(row.getDouble(1)).isCloseTo(lowest(surprise), within(2e-5));
    assertThat(row.getDouble(1)).isLessThan(row.getDouble(0) - .001);
  }
}
