package syscallanomaly.score.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Traces.calls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.containment.ContainmentFamily;
import syscallanomaly.score.containment.ContainmentSettings;
import syscallanomaly.score.containment.NearestReference;
import syscallanomaly.score.fitted.DetectorScores;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.score.fitted.FittedDetectors;
import syscallanomaly.score.fitted.WorkProgress;
import syscallanomaly.score.stide.StideFamily;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.vocabulary.Vocabulary;

@ExtendWith(SparkExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ObservedTracesTest {
  private FittedDetector detector;

  @BeforeAll
  void fit(SparkSession spark, @TempDir Path folder) throws IOException {
    Dataset<Row> training =
        Traces.of(spark, calls(1, 2, 3, 4, 5), calls(1, 2, 3, 4, 5), calls(2, 3, 4, 1, 2));
    try (NormalTraces normal = NormalTraces.of(training, 2, 1)) {
      detector =
          FittedDetectors.fit(
              spark,
              normal,
              Vocabulary.observed(calls(1, 2, 3, 4, 5)),
              folder,
              new StideFamily(spark, 3),
              new ContainmentFamily(ContainmentSettings.DEFAULT));
    }
  }

  @AfterAll
  void close() {
    detector.close();
  }

  private List<ObservedTrace> mostAnomalous(
      SparkSession spark, int most, int calls, int[]... traces) {
    Dataset<Row> observed = ObservedTraces.of(Traces.of(spark, traces));
    try (DetectorScores scores = detector.score(observed, WorkProgress.NONE)) {
      return new ObservedTraces(detector, SystemCalls.tables())
          .mostAnomalous(scores, observed, 0.4, most, calls);
    }
  }

  @Test
  void theDetectorKnowsToHowManyTracesItWasFitted() {
    assertThat(detector.manifest().normalTraces()).isEqualTo(3);
  }

  @Test
  void theHighestScoreComesFirstAndEqualTracesAreOne(SparkSession spark) {
    int[] half = calls(1, 2, 3, 9, 1);
    int[] strange = calls(9, 9, 9, 9);

    List<ObservedTrace> found =
        mostAnomalous(spark, 3, 5, calls(1, 2, 3, 4), half, strange, half, strange, strange);

    assertThat(found)
        .extracting(ObservedTrace::traceId)
        .containsExactly("trace-2", "trace-1", "trace-0");
    assertThat(found).extracting(ObservedTrace::copies).containsExactly(3L, 2L, 1L);
    assertThat(found).extracting(ObservedTrace::calls).containsExactly(4L, 5L, 4L);
    assertThat(found.get(1).score()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(found).extracting(ObservedTrace::alarm).containsExactly(true, false, false);
    assertThat(found).allSatisfy(trace -> assertThat(trace.part()).isEmpty());
    assertThat(mostAnomalous(spark, 1, 5, half, strange)).hasSize(1);
  }

  @Test
  void unknownCallsComeWithNumberAndPlaceAndTheMostFrequentFirst(SparkSession spark) {
    UnknownCalls unknown =
        mostAnomalous(spark, 1, 2, calls(1, 11, 5, 4000, 4000, 4000, 11, 12)).get(0).unknown();

    assertThat(unknown)
        .isEqualTo(
            new UnknownCalls(
                6,
                3,
                List.of(
                    new UnknownCall(4000, "call 4000", 3, 4),
                    new UnknownCall(11, "execve", 2, 2))));
  }

  @Test
  void unseenGramsAreCountedAndTheFirstIsNamed(SparkSession spark) {
    Optional<UnseenGrams> unseen =
        mostAnomalous(spark, 1, 5, calls(1, 2, 3, 5, 3, 5, 3, 4, 1)).get(0).unseen();

    assertThat(unseen)
        .contains(new UnseenGrams(3, 7, 5, 2, List.of("fork", "read", "open")))
        .hasValueSatisfying(grams -> assertThat(grams.share()).isCloseTo(5.0 / 7, within(1e-12)));
  }

  @Test
  void theNearestTrainingTraceIsNamedWithWhatIsShared(SparkSession spark) {
    assertThat(mostAnomalous(spark, 1, 5, calls(1, 2, 3, 4, 5, 9)).get(0).nearest())
        .contains(new NearestReference("trace-0", 5, 5, 4, 4));
    assertThat(mostAnomalous(spark, 1, 5, calls(4, 1, 9, 2, 3)).get(0).nearest())
        .contains(new NearestReference("trace-2", 4, 4, 4, 2));
  }

  @Test
  void aTraceOfKnownGramsAndOneThatIsTooShortHaveNoUnseenOnes(SparkSession spark) {
    List<ObservedTrace> found = mostAnomalous(spark, 2, 5, calls(1, 2, 3, 4), calls(1));

    assertThat(found)
        .extracting(ObservedTrace::unseen)
        .containsExactly(
            Optional.of(new UnseenGrams(3, 2, 0, 0, List.of())),
            Optional.of(new UnseenGrams(3, 0, 0, 0, List.of())));
    assertThat(found).allSatisfy(trace -> assertThat(trace.unknown()).isEqualTo(UnknownCalls.NONE));
  }
}
