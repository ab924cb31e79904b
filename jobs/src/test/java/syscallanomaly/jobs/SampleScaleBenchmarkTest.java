package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.warehouse.MetricTable;

/**
 * The benchmark of scale on 150 traces of the embedded sample; figures may vary, not what is there.
 */
@Tag("slow")
class SampleScaleBenchmarkTest {
  @Test
  void measuresEveryMultipleAndLeavesNothing(@TempDir Path workspace) throws Exception {
    Program program = new Program(workspace);

    Program.Outcome outcome =
        program.run(
            "benchmark",
            "--set",
            "run.id=s1",
            "--set",
            "benchmark.name=scale",
            "--set",
            "benchmark.multiples=[3, 1]",
            "--set",
            "traces.training=Training_Data_Master/{..STD-0151}",
            "--set",
            "training.epochs=1",
            "--set",
            "network.layers=[8]",
            "--set",
            "training.batch-size=2000",
            "--set",
            "scoring.detectors=[lstm, stide]",
            "--set",
            "evaluation.bootstrap-samples=50");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("Time of the steps", "Most memory");
    JsonNode multiples =
        new ObjectMapper()
            .readTree(Files.readAllBytes(program.folder("s1").resolve("benchmark.json")))
            .path("multiples");
    assertThat(multiples).hasSize(2);
    JsonNode once = multiples.path(0);
    JsonNode thrice = multiples.path(1);
    assertThat(once.path("multiple").asInt()).isEqualTo(1);
    assertThat(once.path("traces").asLong()).isEqualTo(150);
    assertThat(once.path("calls").asLong()).isEqualTo(48_148);
    assertThat(thrice.path("traces").asLong()).isEqualTo(450);
    assertThat(thrice.path("calls").asLong()).isBetween(143_000L, 146_000L);
    assertThat(thrice.path("distinct_windows").asLong())
        .as("copies bring new windows, though not as many as other traces would")
        .isGreaterThan(once.path("distinct_windows").asLong() * 5 / 4)
        .isLessThan(once.path("distinct_windows").asLong() * 3);
    assertThat(thrice.path("seconds").asDouble()).isPositive();
    assertThat(thrice.path("windows_bytes").asLong()).isPositive();
    assertThat(thrice.path("steps").findValuesAsText("step"))
        .containsExactly("VOCABULARY", "WINDOWS", "TRAIN", "FIT", "SCORE");
    for (JsonNode step : thrice.path("steps")) {
      for (String figure : List.of("seconds", "tasks", "shuffled_bytes", "peak_heap_bytes")) {
        assertThat(step.path(figure).asDouble()).as("%s of %s", figure, step).isPositive();
      }
    }
    try (Stream<Path> files = Files.list(program.folder("s1"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.charAt(0) != '.'))
          .containsExactlyInAnyOrder("manifest.json", "benchmark.json");
    }
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      assertThat(warehouse.rows(MetricTable.DATA_PROFILE, "times-1", "split")).isEmpty();
    }
  }
}
