package syscallanomaly.score.fitted;

import static org.apache.spark.sql.functions.col;
import static syscallanomaly.Traces.calls;
import static syscallanomaly.Updates.rmsProp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.Traces;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.LayerSummary;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.score.TestTraces;
import syscallanomaly.score.lstm.LstmFamily;
import syscallanomaly.score.lstm.LstmFolds;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

/** Traces that count upwards, and a network for them that was never trained. */
final class SmallDetectors {
  private static final int SYMBOLS = 20;
  static final Vocabulary VOCABULARY = Vocabulary.fixed(SYMBOLS);
  private static final int WINDOW = 3;
  static final LanguageModel MODEL =
      new LanguageModel(
          NetworkBuilder.build(
              new NetworkSettings(List.of(5), 0, 0), SYMBOLS, WINDOW - 1, rmsProp(0.001), 1));

  private SmallDetectors() {}

  /** Ten different traces of five calls, the first of them twice. */
  static Dataset<Row> training(SparkSession spark) {
    int[][] traces = new int[11][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = Traces.range(1 + i % 10, 5);
    }
    return Traces.of(spark, traces);
  }

  /** Three validation traces and an attack. */
  static Dataset<Row> tests(SparkSession spark) {
    return TestTraces.of(
        TestTraces.contents(training(spark)),
        Traces.of(spark, Traces.range(1, 5), Traces.range(2, 6), calls(3, 4)),
        Optional.of(Traces.ofFamily(spark, "Adduser", calls(19, 1, 18, 2, 17))),
        11);
  }

  /** The model of the run scores every normal trace. */
  private static final class OwnModel implements LstmFolds {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public Column traces(int fold) {
      return col("copies").geq(1);
    }

    @Override
    public LanguageModel model(int fold) {
      return MODEL;
    }
  }

  static LstmFamily lstm(SparkSession spark) {
    return lstm(spark, new OwnModel());
  }

  static LstmFamily lstm(SparkSession spark, LstmFolds folds) {
    byte[] bytes = MODEL.toBytes();
    String sha256 = DigestUtils.sha256Hex(bytes);
    return new LstmFamily(
        spark,
        MODEL,
        new ModelManifest(
            ModelManifest.fileOf(sha256),
            sha256,
            VOCABULARY.hash(),
            WINDOW,
            MODEL.network().numParams(),
            LayerSummary.of(MODEL.network()),
            1,
            2.5,
            1,
            "traces",
            Map.of(),
            Map.of(),
            null),
        new WindowCutter(VOCABULARY, new WindowSettings(WINDOW, 0)),
        folds,
        4);
  }

  /** Each test trace as each detector judges it, in a fixed order, for a rate of 20 %. */
  static List<Row> judged(SparkSession spark, FittedDetector detector) {
    try (DetectorScores scores = detector.score(tests(spark), WorkProgress.NONE)) {
      return scores
          .rows(0.2)
          .select("detector", "split", "ordinal", "calls", "score", "p_value", "alarm", "part")
          .orderBy("detector", "split", "ordinal")
          .collectAsList();
    }
  }
}
