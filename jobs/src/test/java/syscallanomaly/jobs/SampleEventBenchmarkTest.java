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

/** The benchmark of events on the embedded sample; figures may vary, not what is there. */
@Tag("slow")
class SampleEventBenchmarkTest {
  @Test
  void measuresEveryTableAndLeavesNothing(@TempDir Path workspace) throws Exception {
    Program program = new Program(workspace);

    Program.Outcome outcome =
        program.run(
            "benchmark",
            "--set",
            "run.id=e1",
            "--set",
            "benchmark.name=events",
            "--set",
            "benchmark.events=[600000, 5000]",
            "--set",
            "traces.training=Training_Data_Master/{..STD-0051}");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("Time from a table of events to traces", "Most memory");
    JsonNode tables =
        new ObjectMapper()
            .readTree(Files.readAllBytes(program.folder("e1").resolve("benchmark.json")))
            .path("tables");
    assertThat(tables).hasSize(2);
    assertThat(tables.findValuesAsText("events")).containsExactly("5000", "600000");
    // 5,000 calls a process, but at least 100 processes.
    assertThat(tables.findValuesAsText("processes")).containsExactly("100", "120");
    for (JsonNode table : tables) {
      // The calls that a process makes hold the ends of some traces.
      assertThat(table.path("traces").asLong())
          .isBetween(table.path("processes").asLong(), table.path("events").asLong() / 10);
      for (String figure :
          List.of("seconds", "processor_seconds", "shuffled_bytes", "table_bytes", "tasks")) {
        assertThat(table.path(figure).asDouble()).as("%s of %s", figure, table).isPositive();
      }
    }
    assertThat(tables.path(1).path("shuffled_bytes").asLong())
        .as("an event takes a few bytes on its way to another task")
        .isLessThan(600_000 * 16);
    try (Stream<Path> files = Files.list(program.folder("e1"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.charAt(0) != '.'))
          .containsExactlyInAnyOrder("manifest.json", "benchmark.json");
    }
  }
}
