package syscallanomaly.score.fitted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.score.FamilyFiles;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.containment.ContainmentFamily;
import syscallanomaly.score.containment.FittedContainment;
import syscallanomaly.score.lstm.FittedLstm;
import syscallanomaly.score.lstm.LstmFamily;
import syscallanomaly.score.stide.FittedStide;
import syscallanomaly.score.stide.StideFamily;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * A set of detectors that were fitted to normal traces and calibrated, as {@link DetectorFitting}
 * wrote them. It judges any trace and needs nothing but its folder.
 *
 * <pre>{@code
 * try (FittedDetector detector = FittedDetector.load(spark, new Path("runs/tuesday/detector"), 512);
 *     DetectorScores scores = detector.score(traces, WorkProgress.NONE)) {
 *   scores.rows(0.05).where("alarm").show();
 * }
 * }</pre>
 */
public final class FittedDetector implements AutoCloseable {
  private final SparkSession spark;
  private final DetectorManifest manifest;
  private final Vocabulary vocabulary;
  private final Dataset<Row> known;
  private final Map<String, FittedFamily> families = new LinkedHashMap<>();
  private final CalibrationScores calibration;

  private FittedDetector(
      SparkSession spark,
      DetectorManifest manifest,
      Vocabulary vocabulary,
      Dataset<Row> known,
      CalibrationScores calibration) {
    this.spark = spark;
    this.manifest = manifest;
    this.vocabulary = vocabulary;
    this.known = known;
    this.calibration = calibration;
  }

  /**
   * Loads a fitted detector after checking that every file is the one that was written.
   *
   * @param root folder that holds {@code detector.json}
   * @param batchSize number of windows, or largest number of whole traces, that a worker scores in
   *     one batch, at least 1
   * @throws UnusableInputException if there is no detector, if a file is missing or was changed, if
   *     the format is another one, or if a part was fitted with another vocabulary
   */
  public static FittedDetector load(SparkSession spark, Path root, int batchSize)
      throws IOException {
    DetectorFolder stored = new DetectorFolder(spark, root);
    Path absolute = stored.root();
    DetectorManifest manifest = stored.verify();
    Path folder = new Path(absolute, manifest.folder());
    FamilyFiles files = new FamilyFiles(spark, folder);
    Vocabulary vocabulary =
        Vocabulary.fromJson(new String(files.read(DetectorFitting.VOCABULARY), UTF_8));
    if (!vocabulary.hash().equals(manifest.vocabularyHash())) {
      throw new UnusableInputException(
          "Cannot use the detector %s: its vocabulary.json is another one than its detector.json names; copy the whole folder again, or run the fit step again"
              .formatted(absolute));
    }
    FittedDetector detector =
        new FittedDetector(
            spark,
            manifest,
            vocabulary,
            files.readRows(DetectorFitting.KNOWN, DetectorFitting.KEYS),
            new CalibrationScores(
                files.readRows(DetectorFitting.CALIBRATION, CalibrationScores.columns(manifest)),
                manifest.ensembles()));
    try {
      detector.loadFamilies(folder, batchSize);
      return detector;
    } catch (IOException | RuntimeException e) {
      detector.close();
      throw e;
    }
  }

  private void loadFamilies(Path folder, int batchSize) throws IOException {
    for (String family : manifest.families()) {
      if (!Detectors.hasFamily(family)) {
        throw new UnusableInputException(
            "Cannot use the detector %s: it has the part %s, which this program does not know; use the program that fitted it, or fit it again"
                .formatted(folder.getParent(), family));
      }
      families.put(
          family, Detectors.load(family, spark, new Path(folder, family), vocabulary, batchSize));
    }
  }

  /** What the detector consists of, and where it comes from. */
  public DetectorManifest manifest() {
    return manifest;
  }

  /** The names of the detectors, in the order in which reports show them. */
  public List<String> detectors() {
    return manifest.detectors();
  }

  /** The vocabulary of the training traces. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The keys of the training traces, each once, in the column {@code content}. */
  public Dataset<Row> known() {
    return known;
  }

  /** The language model's detectors; empty if the detector has none. */
  public Optional<FittedLstm> lstm() {
    return Optional.ofNullable(families.get(LstmFamily.NAME)).map(FittedLstm.class::cast);
  }

  /** The detector STIDE; empty if the detector has none. */
  public Optional<FittedStide> stide() {
    return Optional.ofNullable(families.get(StideFamily.NAME)).map(FittedStide.class::cast);
  }

  /** The detectors that compare with normal traces; empty if the detector has none. */
  public Optional<FittedContainment> containment() {
    return Optional.ofNullable(families.get(ContainmentFamily.NAME))
        .map(FittedContainment.class::cast);
  }

  /**
   * Scores traces with all detectors before it returns. The workers keep the scores until the
   * result is closed.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES_OF_SPLITS}, and others that
   *     the result keeps
   * @param progress is told which family scores
   */
  public DetectorScores score(Dataset<Row> traces, WorkProgress progress) {
    Dataset<Row> scored = traces.withColumn(CALLS, size(col(CALLS)).cast(DataTypes.LongType));
    List<Dataset<Row>> ofFamilies = new ArrayList<>();
    try {
      for (Map.Entry<String, FittedFamily> family : families.entrySet()) {
        try (WorkProgress.Piece shown = progress.start(family.getKey())) {
          Dataset<Row> scores = family.getValue().score(traces).persist(StorageLevel.DISK_ONLY());
          ofFamilies.add(scores);
          scores.count();
          scored = scored.join(scores, new String[] {SPLIT, ORDINAL});
        }
      }
      return new DetectorScores(spark, scored, manifest, calibration);
    } finally {
      ofFamilies.forEach(Dataset::unpersist);
    }
  }

  /** Releases what the driver and the workers keep. */
  @Override
  public void close() {
    families.values().forEach(FittedFamily::close);
  }
}
