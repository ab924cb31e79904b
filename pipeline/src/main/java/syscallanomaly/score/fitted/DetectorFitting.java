package syscallanomaly.score.fitted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static syscallanomaly.score.NormalTraces.COPIES;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.score.DetectorFamily;
import syscallanomaly.score.FamilyFiles;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.InputProfile;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * Fits detectors to normal traces, calibrates them, and writes all that is needed to judge other
 * traces into one folder.
 *
 * @param spark the Spark session
 * @param families the families to fit
 * @param ensembles the detectors that combine others
 * @param detectors names of the detectors that judge, in the order in which reports show them
 * @param progress is told what is being fitted
 */
public record DetectorFitting(
    SparkSession spark,
    List<DetectorFamily> families,
    List<Ensemble> ensembles,
    List<String> detectors,
    WorkProgress progress) {
  static final String VOCABULARY = "vocabulary.json";
  static final String CALIBRATION = "calibration";

  /** Keys of the training traces, which are no news when they come again. */
  static final String KNOWN = "known";

  /** The columns of {@link #KNOWN}. */
  static final StructType KEYS = new StructType().add(CONTENT, DataTypes.BinaryType);

  /**
   * What {@code detector.json} says of the run that fits.
   *
   * @param run name of the run
   * @param fittedAt when the run fits, such as {@code 2026-11-25T07:00:00Z}
   * @param seed seed of the run
   * @param callTable table of system-call names
   * @param trainingTraces what identifies the training traces
   * @param configuration every key of the run, with secrets masked
   * @param versions versions of this program and of its libraries, by name
   */
  public record Origin(
      String run,
      String fittedAt,
      long seed,
      String callTable,
      String trainingTraces,
      Map<String, Object> configuration,
      Map<String, String> versions) {}

  /**
   * Fits, calibrates and writes.
   *
   * @param normal normal traces to learn from
   * @param vocabulary vocabulary of these traces
   * @param root folder of the detector; the files go into a folder below it
   * @param folder name of that folder, which does not exist yet
   * @param origin the run that fits
   * @return the content of {@code detector.json}, which the caller writes to publish the detector
   */
  public DetectorManifest fit(
      NormalTraces normal, Vocabulary vocabulary, Path root, String folder, Origin origin)
      throws IOException {
    Path target = new Path(root, folder);
    FamilyFiles files = new FamilyFiles(spark, target);
    files.write(VOCABULARY, vocabulary.toJson().getBytes(UTF_8));
    Dataset<Row> scores = normal.calibrating().select(CONTENT, COPIES);
    for (DetectorFamily family : families) {
      try (WorkProgress.Piece shown = progress.start(family.name());
          FittedFamily fitted = family.fit(normal, new Path(target, family.name()))) {
        scores = scores.join(kept(family.calibrate(normal)), new String[] {CONTENT}, "left");
      }
    }
    try (WorkProgress.Piece shown = progress.start("calibration")) {
      files.writeRows(KNOWN, normal.traces().select(CONTENT));
      files.writeRows(CALIBRATION, scores.coalesce(1));
    }
    InputProfile input = InputProfile.of(normal);
    CalibrationScores calibration =
        new CalibrationScores(files.readRows(CALIBRATION, scores.schema()), ensembles);
    return new DetectorManifest(
        DetectorManifest.FORMAT_VERSION,
        folder,
        detectors.stream()
            .filter(detector -> isPart(detector) || calibration.has(detector))
            .toList(),
        families.stream().map(DetectorFamily::name).toList(),
        ensembles.stream().filter(ensemble -> calibration.has(ensemble.name())).toList(),
        vocabulary.hash(),
        origin.callTable(),
        origin.run(),
        origin.fittedAt(),
        origin.seed(),
        origin.trainingTraces(),
        input.traces(),
        input,
        summaries(calibration),
        origin.configuration(),
        origin.versions(),
        new StoredFiles(spark, root).list(folder));
  }

  /**
   * Computes scores once, and has the driver keep them: those of at most 10,000 traces. So no
   * worker that is lost takes them with it.
   */
  private Dataset<Row> kept(Dataset<Row> scores) {
    return spark.createDataFrame(scores.collectAsList(), scores.schema());
  }

  private Map<String, DetectorManifest.CalibrationSummary> summaries(
      CalibrationScores calibration) {
    Map<String, DetectorManifest.CalibrationSummary> summaries = new TreeMap<>();
    detectors.forEach(detector -> summaries.put(detector, calibration.summary(detector)));
    return summaries;
  }

  private static boolean isPart(String detector) {
    return Detectors.parts().contains(detector);
  }
}
