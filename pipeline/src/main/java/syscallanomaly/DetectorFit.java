package syscallanomaly;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.LayerSummary;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.score.DetectorFamily;
import syscallanomaly.score.FamilyFiles;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.ScoreSettings;
import syscallanomaly.score.containment.ContainmentFamily;
import syscallanomaly.score.containment.ContainmentSettings;
import syscallanomaly.score.fitted.DetectorFitting;
import syscallanomaly.score.fitted.DetectorManifest;
import syscallanomaly.score.fitted.WorkProgress;
import syscallanomaly.score.lstm.LstmFamily;
import syscallanomaly.score.lstm.LstmFolds;
import syscallanomaly.score.ngram.NGramFamily;
import syscallanomaly.score.ngram.NGramSettings;
import syscallanomaly.score.stide.StideFamily;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.TrainedModel;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;

/**
 * Fits all detectors around a trained model, with {@link ScoreSettings#DEFAULT}.
 *
 * @param cutter the cutter that made the model's sequences
 * @param vocabulary vocabulary of the training traces
 * @param holdOut how training traces were held out from the model
 * @param seed seed of the training
 */
record DetectorFit(
    SparkSession spark, WindowCutter cutter, Vocabulary vocabulary, HoldOut holdOut, long seed) {
  private static final int FOLDS = 10;
  private static final String CALL_TABLE = "i386";

  /**
   * Fits, calibrates and writes; {@code detector.json} comes last.
   *
   * @param root folder that holds no detector yet
   * @throws IllegalArgumentException if the folder holds a detector
   */
  void write(TraceSet training, TrainedModel trained, Path root) throws IOException {
    Path published = new Path(root, DetectorManifest.FILE);
    if (root.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(published)) {
      throw new IllegalArgumentException(
          "Cannot fit a detector in %s: there is one; name another folder, or delete this one"
              .formatted(root));
    }
    Dataset<Row> traces = cutter.withinLimit(training.traces());
    ScoreSettings settings = ScoreSettings.DEFAULT;
    try (NormalTraces normal = NormalTraces.of(traces, FOLDS, seed)) {
      List<DetectorFamily> families =
          List.of(
              new LstmFamily(
                  spark,
                  trained.model(),
                  manifest(training, trained),
                  cutter,
                  new HeldOutFold(
                      TrainingSequences.calibrating(traces, holdOut, seed), trained.model()),
                  settings.batchSize()),
              new StideFamily(spark, settings.stideLength()),
              new NGramFamily(NGramSettings.DEFAULT),
              new ContainmentFamily(ContainmentSettings.DEFAULT));
      DetectorManifest manifest =
          new DetectorFitting(
                  spark, families, settings.ensembles(), settings.detectors(), WorkProgress.NONE)
              .fit(normal, vocabulary, root, UUID.randomUUID().toString(), origin(training, root));
      new FamilyFiles(spark, root).write(DetectorManifest.FILE, manifest.toJson());
    }
  }

  private ModelManifest manifest(TraceSet training, TrainedModel trained) {
    MultiLayerNetwork network = trained.model().network();
    EpochResult kept =
        trained.epochs().stream().filter(EpochResult::kept).findFirst().orElseThrow();
    String sha256 = DigestUtils.sha256Hex(trained.model().toBytes());
    return new ModelManifest(
        ModelManifest.fileOf(sha256),
        sha256,
        vocabulary.hash(),
        trained.model().readsTraces() ? 0 : cutter.windowLength(),
        network.numParams(),
        LayerSummary.of(network),
        kept.epoch(),
        kept.heldOutLoss(),
        seed,
        training.contentFingerprint(),
        Map.of(),
        versions(),
        null);
  }

  private DetectorFitting.Origin origin(TraceSet training, Path root) {
    return new DetectorFitting.Origin(
        root.getName(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        seed,
        CALL_TABLE,
        training.contentFingerprint(),
        Map.of(),
        versions());
  }

  private Map<String, String> versions() {
    return Map.of("spark", spark.version(), "java", System.getProperty("java.version"));
  }

  /** The model itself calibrates, with the held-out traces that did not choose its epoch. */
  private record HeldOutFold(Column calibrating, LanguageModel trained) implements LstmFolds {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public Column traces(int fold) {
      return calibrating;
    }

    @Override
    public LanguageModel model(int fold) {
      return trained;
    }
  }
}
