package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.warehouse.MetricTable;

/** A driver that ends in the middle, whatever it is doing; then the same command again. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class KilledDriverTest {
  private static final String MIDDLE_OF_THE_SECOND_EPOCH = "epoch-0002-round-0000[12]\\d\\.state";

  private Path folder;
  private UndisturbedRun undisturbed;
  private Program program;

  @BeforeAll
  void runUndisturbed(@TempDir Path temporary) throws Exception {
    folder = temporary;
    undisturbed = UndisturbedRun.in(folder);
    program = undisturbed.program();
    assertThat(undisturbed.tables().rows().get(MetricTable.EPOCHS)).hasSize(2);
  }

  @Test
  void inTheMiddleOfAnEpoch() throws Exception {
    try (ProgramProcess process = start("epoch")) {
      process.await(
          "the second epoch", () -> program.hasCheckpoint("epoch", MIDDLE_OF_THE_SECOND_EPOCH));
      process.kill();
    }
    assertThat(states("epoch")).as("one more before the oldest is deleted").hasSizeBetween(2, 3);

    Program.Outcome again = completes("epoch");

    assertThat(again.err())
        .startsWith("vocabulary, windows: done before\n")
        .contains("\ntrain: goes on from epoch-0002-round-")
        .contains("\nepoch 2: loss")
        .doesNotContain("epoch 1 of at most 2", "epoch 1: loss", "vocabulary: started");
  }

  @Test
  void byRequestAndItsLastCheckpointIsCutShort() throws Exception {
    try (ProgramProcess process = start("asked")) {
      process.await(
          "the second epoch", () -> program.hasCheckpoint("asked", MIDDLE_OF_THE_SECOND_EPOCH));

      assertThat(process.terminate()).isEqualTo(143);
    }
    assertThat(program.folder("asked").resolve("manifest.json"))
        .content()
        .containsPattern("\"train\" : \\{\\s*\"state\" : \"interrupted\"");
    assertThat(program.folder("asked").resolve("owner.json")).doesNotExist();
    List<Path> states = states("asked");
    Path last = states.get(states.size() - 1);
    byte[] state = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(state, state.length / 2));

    Program.Outcome again = completes("asked");

    assertThat(again.err().lines().filter(line -> line.startsWith("Cannot")))
        .singleElement()
        .asString()
        .startsWith("Cannot go on from file:" + last + ": it is damaged: ");
    assertThat(again.err()).contains("\ntrain: goes on from epoch-0002-round-");
  }

  @Test
  void byTheUserWhoIsToldHowToGoOn() throws Exception {
    try (ProgramProcess process = start("starting")) {
      process.await(
          "the run's folder", () -> Files.exists(program.folder("starting").resolve("owner.json")));
      assertInterrupted(process, "starting");
    }
    try (ProgramProcess process = start("stopped")) {
      process.await(
          "the second epoch", () -> program.hasCheckpoint("stopped", MIDDLE_OF_THE_SECOND_EPOCH));
      assertInterrupted(process, "stopped");
    }
    try (ProgramProcess process = start("stopped")) {
      process.await("scoring", () -> process.err().contains("score, lstm: started"));
      assertThat(process.err()).contains("\ntrain: goes on from epoch-0002-round-");
      assertInterrupted(process, "stopped");
    }

    completes("stopped");
  }

  private void assertInterrupted(ProgramProcess process, String runId) throws Exception {
    assertThat(process.interrupt()).isEqualTo(130);
    assertThat(process.err().lines().toList())
        .last()
        .isEqualTo(
            "Interrupted: the same command with --set run.id=%s goes on with this run"
                .formatted(runId));
    assertThat(process.err()).doesNotContain("Exception", " ERROR ", " WARN ", "\tat ");
    assertThat(program.folder(runId).resolve("owner.json")).doesNotExist();
  }

  @Test
  void whileItScoresAndAgainWhileItWritesTables() throws Exception {
    try (ProgramProcess process = start("late")) {
      process.await("scoring", () -> process.err().contains("score, lstm: started"));
      process.kill();
    }
    try (ProgramProcess process = start("late")) {
      Path rows = program.warehouse().resolve("syscall_anomaly/trace_scores/data/run_id=late");
      process.await("rows of trace_scores", () -> Files.exists(rows));
      process.kill();
    }
    assertThat(program.folder("late").resolve("report.html")).doesNotExist();

    assertThat(completes("late").err())
        .startsWith("vocabulary, windows, train, fit: done before\n")
        .doesNotContain("train, epoch");
  }

  @Test
  void withNoRoomToWrite() throws Exception {
    // A network whose checkpoint is larger than any file may be; native libraries are smaller.
    String[] larger = undisturbed.options("full", "network.layers=[256]", "training.epochs=1");
    try (ProgramProcess process =
        ProgramProcess.startWithFilesUpTo(
            1500, undisturbed.workspace(), folder.resolve("full"), "pipeline", larger)) {
      assertThat(process.exitCode()).as(process.err()).isEqualTo(1);
      assertThat(process.err().lines().toList())
          .last()
          .asString()
          .startsWith(
              "Cannot finish the job: there is no room to write (File too large); make room and"
                  + " give the same command again, which goes on from there");
      assertThat(process.err()).doesNotContain("\tat ");
    }
    assertThat(program.folder("full").resolve("manifest.json"))
        .content()
        .containsPattern("\"train\" : \\{\\s*\"state\" : \"failed\"");
    assertNothingHalfWritten("full");
    assertThat(program.folder("full").resolve("model.json")).doesNotExist();

    Program.Outcome again = program.run("pipeline", larger);

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).startsWith("vocabulary, windows: done before\n");
  }

  private ProgramProcess start(String runId) throws IOException {
    return undisturbed.start(runId, Map.of());
  }

  /** Gives the same command again, and holds the outcome against the undisturbed run's. */
  private Program.Outcome completes(String runId) throws IOException {
    Program.Outcome again = program.run("pipeline", undisturbed.options(runId));
    assertThat(again.exitCode()).as(again.err()).isZero();
    undisturbed.assertSame(runId);
    assertNothingHalfWritten(runId);
    assertThat(names(program.folder(runId))).isEqualTo(names(program.folder(UndisturbedRun.ID)));
    assertThat(names(program.folder(runId).resolve("checkpoints")))
        .containsExactly("epoch-0001.zip", "epoch-0002.zip");
    assertThat(program.model(runId)).isNotEmptyFile();
    return again;
  }

  private void assertNothingHalfWritten(String runId) throws IOException {
    try (Stream<Path> files = Files.walk(program.folder(runId))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".") && !name.endsWith(".crc"));
    }
  }

  private List<Path> states(String runId) {
    return program.checkpoints(runId).stream()
        .filter(file -> file.toString().endsWith(".state"))
        .toList();
  }

  private static List<String> names(Path folder) {
    return Program.files(folder).stream()
        .map(file -> file.getFileName().toString())
        .map(name -> name.replaceFirst("^model-[0-9a-f]{12}", "model"))
        .toList();
  }
}
