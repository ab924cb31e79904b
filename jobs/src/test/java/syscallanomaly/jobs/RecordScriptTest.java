package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;
import syscallanomaly.trace.event.text.EventFormats;

/** The scripts of jobs/recording. */
class RecordScriptTest {
  @TempDir Path folder;

  private record Ended(int code, String output) {}

  private static Ended run(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("recording/" + script));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output.strip());
  }

  private static void assumeStrace() throws IOException, InterruptedException {
    boolean traces;
    try {
      traces =
          new ProcessBuilder("strace", "-qq", "-e", "trace=none", "-o", "/dev/null", "true")
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException e) {
      traces = false;
    }
    assumeTrue(traces, "strace cannot trace here");
  }

  @Test
  void aRecordingIsReadAsItsProcesses() throws IOException, InterruptedException {
    assumeStrace();
    Path recordings = folder.resolve("a b");

    Ended ended = run("record", recordings.toString(), "sh", "-c", "/bin/true; exit 7");

    assertThat(ended.code()).as("the command's own code").isEqualTo(7);
    assertThat(ended.output())
        .isEqualTo(
            "Recorded 2 thread(s) in %s: read them with traces.format=strace"
                .formatted(recordings));
    Reader reader = new Reader();
    try (Stream<Path> files = Files.list(recordings)) {
      for (Path file : files.sorted().toList()) {
        EventFormat format = EventFormats.recognised(Files.readAllLines(file)).orElseThrow();
        assertThat(format.name()).isEqualTo("strace");
        String name = file.getFileName().toString();
        assertThat(format.recording(name)).matches("r\\d{8}T\\d{6}Z-sh-\\d+");
        EventFormat.LineParser parser = format.parser(EventSettings.defaults(), name);
        Files.readAllLines(file).forEach(line -> parser.parse(line, false, reader));
      }
    }
    assertThat(reader.events).allMatch(event -> event.thread() > 0);
    assertThat(reader.events)
        .filteredOn(event -> event.kind() != Kind.PROCESS_END)
        .isNotEmpty()
        .allMatch(event -> event.time() != null);
    assertThat(reader.events)
        .filteredOn(event -> event.kind() == Kind.EXEC)
        .extracting(SystemCallEvent::executable)
        .hasSize(2)
        .contains("/bin/true");
  }

  private static final class Reader implements EventFormat.Sink {
    final List<SystemCallEvent> events = new ArrayList<>();

    @Override
    public void event(SystemCallEvent event) {
      events.add(event);
    }

    @Override
    public void ignored(String kind) {}

    @Override
    public void rejected(String reason) {
      throw new AssertionError(reason);
    }
  }

  @Test
  void wrongUseIsSaidInOneLine() throws IOException, InterruptedException {
    assertThat(run("record"))
        .isEqualTo(
            new Ended(
                2,
                "Cannot record: a folder and a command are needed; run jobs/recording/record FOLDER"
                    + " COMMAND [ARGUMENT]..."));
    assertThat(run("record-and-judge"))
        .isEqualTo(
            new Ended(
                2,
                "Cannot judge: no command; run jobs/recording/record-and-judge COMMAND"
                    + " [ARGUMENT]..."));
    assertThat(run("record-and-judge", "--fast", "yes", "ls"))
        .isEqualTo(
            new Ended(2, "Cannot judge: no option --fast; there are --detector, --keep and --set"));
    assertThat(run("record-and-judge", "--keep").output())
        .startsWith("Cannot judge: --keep needs a value; ");
  }

  @Test
  void aMissingProgramIsSaidBeforeAnythingIsRecorded() throws IOException, InterruptedException {
    assumeStrace();
    Path recordings = folder.resolve("none");

    assertThat(run("record", recordings.toString(), "no-such-program"))
        .isEqualTo(
            new Ended(
                2,
                "Cannot record no-such-program: no such command; name a program that is in PATH"));
    assertThat(recordings).doesNotExist();
  }
}
