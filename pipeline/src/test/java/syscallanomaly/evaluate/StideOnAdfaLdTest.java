package syscallanomaly.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.TestTraces;
import syscallanomaly.score.fitted.DetectorScores;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.score.fitted.FittedDetectors;
import syscallanomaly.score.fitted.WorkProgress;
import syscallanomaly.score.stide.StideFamily;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceReader;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.vocabulary.Vocabulary;

/** The one detection figure on ADFA-LD that leaves no room for chance. */
@Tag("slow")
@Tag("adfa-ld")
@ExtendWith(SparkExtension.class)
class StideOnAdfaLdTest {
  private static final Path ZIP = Path.of("../../shared/data/ADFA-LD.zip");

  @Test
  void stideReachesTheAucOfTheReferenceImplementation(SparkSession spark, @TempDir Path folder)
      throws IOException {
    assumeTrue(Files.exists(ZIP), "ADFA-LD is not at " + ZIP.toAbsolutePath());
    TraceReader reader =
        new TraceReader(
            spark,
            new TraceSettings(
                "adfa-ld",
                ZIP.toString(),
                "Training_Data_Master",
                "Validation_Data_Master",
                "Attack_Data_Master",
                1 << 20,
                0),
            Integer.MAX_VALUE);
    Dataset<Row> training = reader.read(Split.TRAINING).traces().cache();
    Dataset<Row> tests =
        TestTraces.of(
                TestTraces.contents(training),
                reader.read(Split.VALIDATION).traces(),
                Optional.of(reader.read(Split.ATTACK).traces()),
                SystemCalls.tables().number("execve"))
            .cache();
    try (NormalTraces normal = NormalTraces.of(training, 10, 1);
        FittedDetector detector =
            FittedDetectors.fit(
                spark, normal, Vocabulary.fixed(341), folder, new StideFamily(spark, 6));
        DetectorScores scores = detector.score(tests, WorkProgress.NONE)) {
      List<Detection> detections =
          new DetectionEvaluation(new EvaluationSettings(1000, 1))
              .evaluate(scores.rows(0.05), scores.calibrations())
              .detections();

      Detection official = find(detections, Population.OFFICIAL, Detection.ALL_FAMILIES);
      assertThat(official.auc()).isCloseTo(0.8273, within(0.00005));
      assertThat(official.normal()).isEqualTo(4372);
      assertThat(official.attacks()).isEqualTo(746);
      // One trace stands 968 times among the normal ones, and an attack is a folder of traces.
      assertThat(official.aucLow()).isCloseTo(0.785, within(0.006));
      assertThat(official.aucHigh()).isCloseTo(0.870, within(0.006));
      assertThat(find(detections, Population.OFFICIAL, "Hydra_SSH").attacks()).isEqualTo(176);
      // 2420 distinct validation traces, less those that equal a training trace; 732 distinct
      // attacks, less those that equal a validation trace.
      Detection distinct = find(detections, Population.DISTINCT, Detection.ALL_FAMILIES);
      assertThat(distinct.attacks()).isBetween(726L, 731L);
      assertThat(distinct.normal()).isLessThan(2420);
      Detection without = find(detections, Population.WITHOUT_EXECVE, Detection.ALL_FAMILIES);
      assertThat(without.auc()).isCloseTo(0.674, within(0.0006));
    }
    tests.unpersist();
    training.unpersist();
  }

  private static Detection find(List<Detection> detections, Population population, String family) {
    return detections.stream()
        .filter(detection -> detection.population() == population)
        .filter(detection -> detection.family().equals(family))
        .findFirst()
        .orElseThrow();
  }
}
