package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.SyscallAnomaly;
import syscallanomaly.trace.Split;

/** Fits a family of detectors to ADFA-LD's training traces, and scores all others. */
public final class FamilyOnAdfaLd {
  private static final Path ZIP = Path.of("../../shared/data/ADFA-LD.zip");

  private FamilyOnAdfaLd() {}

  /**
   * The area under the ROC curve of each detector of a family. The test that asks is skipped if
   * ADFA-LD is missing.
   *
   * @param folder a folder to fit in
   */
  public static Map<String, Double> areas(SparkSession spark, DetectorFamily family, Path folder)
      throws IOException {
    assumeTrue(Files.exists(ZIP), "ADFA-LD is not at " + ZIP.toAbsolutePath());
    Dataset<Row> tests =
        traces(spark, "Validation_Data_Master", Split.VALIDATION)
            .unionByName(traces(spark, "Attack_Data_Master", Split.ATTACK));
    try (NormalTraces normal =
            NormalTraces.of(traces(spark, "Training_Data_Master", Split.TRAINING), 10, 1);
        FittedFamily fitted =
            family.fit(
                normal, new org.apache.hadoop.fs.Path(folder.toUri().toString(), "fitted"))) {
      Dataset<Row> scores = fitted.score(tests).cache();
      assertThat(scores.count()).isEqualTo(4372 + 746);
      assertThat(family.calibrate(normal).count()).isEqualTo(780);
      Map<String, Double> areas =
          family.detectors().stream()
              .collect(Collectors.toMap(detector -> detector, detector -> area(scores, detector)));
      scores.unpersist();
      return areas;
    }
  }

  private static Dataset<Row> traces(SparkSession spark, String folder, Split split) {
    return TestTraces.labelled(
        SyscallAnomaly.on(spark).traces(ZIP + "!/" + folder).traces(), split);
  }

  private static double area(Dataset<Row> scores, String detector) {
    double[] normal = scores(scores, detector, Split.VALIDATION);
    double[] attacks = scores(scores, detector, Split.ATTACK);
    // The larger one of both U is that of the attacks, for a detector better than chance.
    return new MannWhitneyUTest().mannWhitneyU(normal, attacks) / normal.length / attacks.length;
  }

  private static double[] scores(Dataset<Row> scores, String detector, Split split) {
    return scores
        .where("split = '%s'".formatted(split.label()))
        .select(detector)
        .as(Encoders.DOUBLE())
        .collectAsList()
        .stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
