package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.warehouse.MetricTable;

/** The benchmark on a few windows of the embedded sample; speeds may vary, not what is there. */
@Tag("slow")
class SampleBenchmarkTest {
  @Test
  void measuresEveryVariantAndLeavesNoRows(@TempDir Path workspace) throws Exception {
    Program program = new Program(workspace);

    Program.Outcome outcome =
        program.run(
            "benchmark",
            "--set",
            "run.id=b1",
            "--set",
            "benchmark.repeats=1",
            "--set",
            "benchmark.warm-up=0",
            "--set",
            "benchmark.windows=400",
            "--set",
            "benchmark.dl4j-windows=150",
            "--set",
            "benchmark.trace-calls=400");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("Training, an epoch a measurement", "Scoring;", "fast LSTM, whole traces")
        .endsWith("Run b1 is in file:" + program.folder("b1") + "\n");
    JsonNode json =
        new ObjectMapper()
            .readTree(Files.readAllBytes(program.folder("b1").resolve("benchmark.json")));
    JsonNode training = json.path("training");
    assertThat(training).hasSize(10);
    for (JsonNode variant : training) {
      JsonNode repeat = variant.path("repeats").path(0);
      String name = variant.path("variant").asText();
      assertThat(repeat.path("loss").asDouble()).as(name).isBetween(2.0, 5.0);
      assertThat(repeat.path("time").path("product_seconds").asDouble() > 0)
          .as("the matrix products of %s are measured", name)
          .isEqualTo(name.startsWith("fast LSTM"));
      assertThat(repeat.path("time").path("rounds").asInt() > 0)
          .as("%s is averaged", name)
          .isEqualTo(!name.startsWith("DL4J alone"));
    }
    assertThat(training.path(0).path("variant").asText()).isEqualTo("DL4J alone, default threads");
    assertThat(training.path(0).path("repeats").path(0).path("loss").asDouble())
        .as("the other process trains the same network on the same windows")
        .isCloseTo(training.path(1).path("repeats").path(0).path("loss").asDouble(), within(.02));
    JsonNode distinct = training.path(6).path("repeats").path(0);
    assertThat(distinct.path("occurrences").asLong())
        .isGreaterThan(distinct.path("calls").asLong());
    JsonNode traces = training.path(8).path("repeats").path(0);
    assertThat(traces.path("calls").asLong())
        .as("a trace has 60 calls or more; two are enough for 400")
        .isBetween(120L, 4000L);
    JsonNode scoring = json.path("scoring");
    assertThat(scoring).hasSize(6);
    for (JsonNode variant : scoring) {
      JsonNode repeat = variant.path("repeats").path(0);
      assertThat(repeat.path("time").path("compute_seconds").asDouble()).isPositive();
      assertThat(repeat.path("time").path("product_seconds").asDouble() > 0)
          .isEqualTo(variant.path("variant").asText().startsWith("fast LSTM"));
    }
    assertThat(loss(scoring.path(0))).isCloseTo(loss(scoring.path(1)), within(1e-6));
    assertThat(loss(scoring.path(2))).isCloseTo(loss(scoring.path(3)), within(1e-6));
    assertThat(loss(scoring.path(4))).isCloseTo(loss(scoring.path(5)), within(1e-6));
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      assertThat(warehouse.rows(MetricTable.RUNS, "b1", "status")).isEmpty();
    }
  }

  private static double loss(JsonNode measurement) {
    return measurement.path("repeats").path(0).path("loss").asDouble();
  }
}
