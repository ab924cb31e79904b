package syscallanomaly.jobs.benchmark.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import syscallanomaly.jobs.configuration.BenchmarkSettings;
import syscallanomaly.jobs.configuration.BenchmarkSettings.Name;
import syscallanomaly.jobs.progress.Progress;
import syscallanomaly.model.TimeBreakdown;

class AlternationTest {
  @Test
  void takesTurnsAndLeavesOutTheWarmUp() {
    List<String> order = new ArrayList<>();
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Progress progress =
        new Progress(new PrintStream(shown, true, StandardCharsets.UTF_8), 0, () -> Instant.EPOCH);

    List<Measurement> measured =
        new Alternation(
                new BenchmarkSettings(
                    Name.SPEED, 2, 1, 1, 1, 1, 2, 2, List.of(1), List.of(1), List.of(1)),
                progress)
            .measure("test", List.of(variant("a", 1, order), variant("b", 2, order)));

    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(measured)
        .containsExactly(
            new Measurement("a", 1, List.of(repeat(3), repeat(5))),
            new Measurement("b", 2, List.of(repeat(4), repeat(6))));
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("test: 100 %");
  }

  private static Variant variant(String name, int workers, List<String> order) {
    return new Variant(
        name,
        workers,
        () -> {
          order.add(name);
          return repeat(order.size());
        });
  }

  private static Repeat repeat(double seconds) {
    return new Repeat(seconds, 1, 1, 0, TimeBreakdown.NONE);
  }
}
