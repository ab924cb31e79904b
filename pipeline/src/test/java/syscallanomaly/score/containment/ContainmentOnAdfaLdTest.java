package syscallanomaly.score.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.SyscallAnomaly;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.TestTraces;
import syscallanomaly.trace.Split;

/** The figures of an implementation of the same formulas in Python. */
@Tag("slow")
@Tag("adfa-ld")
@ExtendWith(SparkExtension.class)
class ContainmentOnAdfaLdTest {
  private static final Path ZIP = Path.of("../../shared/data/ADFA-LD.zip");

  @TempDir Path folder;

  @Test
  void detectorsReachTheAucOfTheReferenceImplementation(SparkSession spark) {
    assumeTrue(Files.exists(ZIP), "ADFA-LD is not at " + ZIP.toAbsolutePath());
    Dataset<Row> tests =
        traces(spark, "Validation_Data_Master", Split.VALIDATION)
            .unionByName(traces(spark, "Attack_Data_Master", Split.ATTACK));
    ContainmentFamily family = new ContainmentFamily(ContainmentSettings.DEFAULT);
    try (NormalTraces normal =
            NormalTraces.of(traces(spark, "Training_Data_Master", Split.TRAINING), 10, 1);
        FittedFamily fitted =
            family.fit(
                normal, new org.apache.hadoop.fs.Path(folder.toUri().toString(), "fitted"))) {
      Dataset<Row> scores = fitted.score(tests).cache();

      assertThat(scores.count()).isEqualTo(4372 + 746);
      assertThat(auc(scores, "call-set")).isCloseTo(0.8704, within(0.0001));
      assertThat(auc(scores, "call-counts")).isCloseTo(0.8643, within(0.0001));
      assertThat(auc(scores, "containment")).isCloseTo(0.8517, within(0.0001));
      assertThat(family.calibrate(normal).count()).isEqualTo(780);
      scores.unpersist();
    }
  }

  private static Dataset<Row> traces(SparkSession spark, String folder, Split split) {
    return TestTraces.labelled(
        SyscallAnomaly.on(spark).traces(ZIP + "!/" + folder).traces(), split);
  }

  private static double auc(Dataset<Row> scores, String detector) {
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
