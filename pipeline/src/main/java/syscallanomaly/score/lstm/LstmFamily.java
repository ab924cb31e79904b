package syscallanomaly.score.lstm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static syscallanomaly.score.lstm.FittedLstm.LSTM;
import static syscallanomaly.score.lstm.FittedLstm.LSTM_WINDOW;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.model.ModelReader;
import syscallanomaly.score.DetectorFamily;
import syscallanomaly.score.FamilyFiles;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.trace.Split;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

/**
 * The detectors {@code lstm} and {@code lstm-window}, see {@link FittedLstm}. The language model
 * has been trained before.
 */
public final class LstmFamily implements DetectorFamily {
  /** The name of this family. */
  public static final String NAME = "lstm";

  private static final String MODEL = "model.zip";
  private static final String MANIFEST = "model.json";

  private final SparkSession spark;
  private final LanguageModel model;
  private final ModelManifest manifest;
  private final WindowCutter cutter;
  private final LstmFolds folds;
  private final int batchSize;

  /**
   * @param model language model that was trained on normal traces
   * @param manifest where the model comes from
   * @param cutter turns traces into the sequences that the model reads
   * @param folds models that calibrate
   * @param batchSize number of windows, or largest number of whole traces, that a worker scores in
   *     one batch, at least 1
   */
  public LstmFamily(
      SparkSession spark,
      LanguageModel model,
      ModelManifest manifest,
      WindowCutter cutter,
      LstmFolds folds,
      int batchSize) {
    this.spark = spark;
    this.model = model;
    this.manifest = manifest;
    this.cutter = cutter;
    this.folds = folds;
    this.batchSize = batchSize;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> detectors() {
    return List.of(LSTM, LSTM_WINDOW);
  }

  @Override
  public FittedFamily fit(NormalTraces normal, Path folder) throws IOException {
    byte[] bytes = model.toBytes();
    FamilyFiles files = new FamilyFiles(spark, folder);
    files.write(MODEL, bytes);
    files.write(
        MANIFEST, manifest.of(MODEL, DigestUtils.sha256Hex(bytes)).toJson().getBytes(UTF_8));
    return fitted(model);
  }

  @Override
  public Dataset<Row> calibrate(NormalTraces normal) {
    List<Row> scores = new ArrayList<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      scores.addAll(calibrate(normal, fold));
    }
    return spark.createDataFrame(
        scores,
        new StructType()
            .add(CONTENT, DataTypes.BinaryType)
            .add(LSTM, DataTypes.DoubleType)
            .add(LSTM_WINDOW, DataTypes.DoubleType));
  }

  /**
   * Scores the calibrating traces of a fold. They are at most 10,000 in all folds, and the driver
   * receives three values of each. So no worker that is lost later takes scores with it, which only
   * another training could bring back.
   */
  private List<Row> calibrate(NormalTraces normal, int fold) {
    Dataset<Row> traces =
        normal
            .calibrating()
            .where(folds.traces(fold))
            .select(col(CONTENT), col(ORDINAL), col(CALLS), lit(Split.TRAINING.label()).as(SPLIT));
    try (FittedFamily fitted = fitted(folds.model(fold))) {
      return fitted
          .score(traces)
          .join(traces.select(SPLIT, ORDINAL, CONTENT), new String[] {SPLIT, ORDINAL})
          .select(CONTENT, LSTM, LSTM_WINDOW)
          .collectAsList();
    }
  }

  private FittedFamily fitted(LanguageModel trained) {
    return new FittedLstm(new DistributedModel(spark, trained, batchSize), cutter);
  }

  /**
   * Loads what {@link #fit} wrote.
   *
   * @param folder the folder that it wrote to
   * @param vocabulary vocabulary that the model was trained with
   * @param batchSize number of windows, or largest number of whole traces, that a worker scores in
   *     one batch, at least 1
   * @throws syscallanomaly.trace.UnusableInputException if the model was trained with another
   *     vocabulary
   */
  public static FittedLstm load(
      SparkSession spark, Path folder, Vocabulary vocabulary, int batchSize) throws IOException {
    return read(
        spark,
        folder,
        vocabulary,
        (model, manifest) -> {
          int length =
              manifest.windowLength() == 0
                  ? WindowSettings.DEFAULT.length()
                  : manifest.windowLength();
          return new FittedLstm(
              new DistributedModel(spark, model, batchSize),
              new WindowCutter(vocabulary, new WindowSettings(length, 0)));
        });
  }

  /**
   * Reads the model that {@link #fit} wrote.
   *
   * @param folder the folder that it wrote to
   * @param vocabulary vocabulary that the model was trained with
   * @param use takes the model, and where it comes from
   * @return what {@code use} returns
   * @throws syscallanomaly.trace.UnusableInputException if the model was changed, or trained with
   *     another vocabulary
   */
  public static <T> T read(
      SparkSession spark,
      Path folder,
      Vocabulary vocabulary,
      BiFunction<LanguageModel, ModelManifest, T> use)
      throws IOException {
    FamilyFiles files = new FamilyFiles(spark, folder);
    ModelManifest manifest = ModelManifest.fromJson(new String(files.read(MANIFEST), UTF_8));
    LanguageModel model =
        ModelReader.read(
            files.read(MODEL),
            manifest,
            vocabulary,
            manifest.windowLength(),
            new Path(folder, MODEL).toString());
    return use.apply(model, manifest);
  }
}
