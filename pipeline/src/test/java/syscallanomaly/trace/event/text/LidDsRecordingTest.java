package syscallanomaly.trace.event.text;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SysdigDirection;

/** A recording of LID-DS 2021; the counts come from a few lines of Python. */
@Tag("lid-ds")
class LidDsRecordingTest {
  private static final Path ZIP = Path.of("../../shared/data/lid-ds-recording.zip");

  private List<String> lines;

  @BeforeEach
  void read() throws IOException {
    assumeTrue(Files.exists(ZIP), "no recording of LID-DS is at " + ZIP.toAbsolutePath());
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      byte[] text =
          zip.getInputStream(zip.getEntry("aggressive_nightingale_1018.sc")).readAllBytes();
      lines = new String(text, StandardCharsets.UTF_8).lines().toList();
    }
  }

  private Outcomes read(SysdigDirection direction) {
    return Outcomes.of(
        "sysdig", new EventSettings(Optional.empty(), false, direction), "log", lines);
  }

  @Test
  void everyLineIsACallAtItsBeginningOrEnd() {
    assertThat(EventFormats.recognised(lines.subList(0, 20)).orElseThrow().name())
        .isEqualTo("sysdig");
    Outcomes enter = read(SysdigDirection.ENTER);
    assertThat(enter.rejected).isEmpty();
    assertThat(enter.events).hasSize(11_734);
    assertThat(enter.ignored).isEqualTo(Map.of("end of a call", 11_734));
    Outcomes exit = read(SysdigDirection.EXIT);
    assertThat(exit.events).hasSize(11_734);
    assertThat(exit.ignored).isEqualTo(Map.of("beginning of a call", 11_734));
  }

  @Test
  void everyProcessHasItsCalls() {
    Outcomes enter = read(SysdigDirection.ENTER);
    Map<Long, String> processes =
        enter.events.stream()
            .collect(
                groupingBy(
                    event -> event.process(),
                    TreeMap::new,
                    mapping(event -> SystemCalls.tables().name(event.call()), joining(" "))));
    String all =
        processes.entrySet().stream()
            .map(process -> process.getKey() + " " + process.getValue())
            .collect(joining("\n"));
    CRC32 sum = new CRC32();
    sum.update(all.getBytes(StandardCharsets.UTF_8));

    assertThat(processes).hasSize(7).containsKey(2904005L);
    assertThat(enter.events).allMatch(event -> event.unknownName() == null);
    assertThat(enter.names().stream().filter("read"::equals)).hasSize(2229);
    assertThat(enter.names().stream().distinct()).hasSize(38);
    assertThat(sum.getValue()).isEqualTo(891_870_461L);
  }
}
