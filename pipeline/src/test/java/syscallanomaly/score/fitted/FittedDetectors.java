package syscallanomaly.score.fitted;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.score.DetectorFamily;
import syscallanomaly.score.FamilyFiles;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.vocabulary.Vocabulary;

/** Fits and publishes detectors for tests. */
public final class FittedDetectors {
  private static final int BATCH = 8;

  private FittedDetectors() {}

  /**
   * Fits all detectors of families, and loads them.
   *
   * @param folder the detector's folder
   */
  public static FittedDetector fit(
      SparkSession spark,
      NormalTraces normal,
      Vocabulary vocabulary,
      java.nio.file.Path folder,
      DetectorFamily... families)
      throws IOException {
    return fit(spark, normal, vocabulary, folder, List.of(), families);
  }

  /** Fits families and ensembles of their detectors, and loads them. */
  static FittedDetector fit(
      SparkSession spark,
      NormalTraces normal,
      Vocabulary vocabulary,
      java.nio.file.Path folder,
      List<Ensemble> ensembles,
      DetectorFamily... families)
      throws IOException {
    Path root = new Path(folder.toUri());
    List<String> detectors =
        Detectors.names().stream()
            .filter(
                name ->
                    ensembles.stream().anyMatch(ensemble -> ensemble.name().equals(name))
                        || List.of(families).stream()
                            .anyMatch(family -> family.detectors().contains(name)))
            .toList();
    DetectorManifest manifest =
        new DetectorFitting(spark, List.of(families), ensembles, detectors, WorkProgress.NONE)
            .fit(
                normal,
                vocabulary,
                root,
                "fitted",
                new DetectorFitting.Origin(
                    "a-run",
                    "2026-11-25T07:00:00Z",
                    1,
                    "i386",
                    "traces",
                    Map.of(),
                    Map.of("syscall-anomaly", "0.0.1")));
    new FamilyFiles(spark, root).write(DetectorManifest.FILE, manifest.toJson());
    return FittedDetector.load(spark, root, BATCH);
  }
}
