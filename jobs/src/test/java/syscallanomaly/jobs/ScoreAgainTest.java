package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.warehouse.MetricTable;

/** A run's model scores other traces than those that the run was made with. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class ScoreAgainTest {
  private static final String[] QUICK = {
    "training.epochs=1",
    "sequences.hold-out.fraction=0.7",
    "training.averaging-frequency=40",
    "traces.max-rejected-share=0.1"
  };

  private Path folder;
  private Program program;
  private Path traces;
  private Program.Outcome first;

  @BeforeAll
  void runThePipeline(@TempDir Path temporary) throws IOException {
    folder = temporary;
    traces = folder.resolve("traces");
    SmallTraces.write(traces);
    Files.writeString(traces.resolve("Validation_Data_Master/_notes"), "no trace");
    program = new Program(folder.resolve("workspace"));
    first = run("pipeline");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(snapshotsOfTheProfile()).as("scoring takes the rows over").isOne();
  }

  private Program.Outcome run(String job, String... more) {
    return program.run(
        job,
        SmallTraces.options(
            traces, "r", Stream.of(QUICK, more).flatMap(Stream::of).toArray(String[]::new)));
  }

  @Test
  void showsWhatItReadAndNotWhatTheRunReadBefore() throws IOException {
    assertThat(profile())
        .isEqualTo("[[attack,8,0,188], [training,16,0,344], [validation,16,0,240]]");
    assertThat(first.out()).contains("\nattack      8 traces, 188 calls");
    assertThat(first.err())
        .contains("score, validation: 1 files or folders skipped")
        .doesNotContain("replaces");
    Path other = Files.createDirectories(folder.resolve("v"));
    Files.writeString(other.resolve("evil.txt"), "3 4 5 x");
    for (int i = 0; i < 10; i++) {
      Files.writeString(other.resolve("v" + i + ".txt"), "1 3 5 7 ".repeat(3 + i));
    }

    Program.Outcome again = run("score", "traces.validation=" + other, "traces.attack=\"\"");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("\nscore, validation: 1 files or traces rejected, see ")
        .containsPattern(
            "\nscore: replaces the evaluation of 2\\S+Z, which was of 16 validation traces from "
                + traces
                + "/Validation_Data_Master and 8 attack traces from "
                + traces
                + "/Attack_Data_Master\n");
    assertThat(again.out())
        .contains("\nvalidation  10 traces, 300 calls, 260 windows, 1 rejected\n")
        .doesNotContain("\nattack ");
    assertThat(rejects("score"))
        .singleElement()
        .asString()
        .contains("\"split\":\"validation\"", "/v/evil.txt", "'x'");
    assertThat(rejects("vocabulary")).isEmpty();
    assertThat(rejects("windows")).isEmpty();
    assertThat(profile()).isEqualTo("[[training,16,0,344], [validation,10,1,300]]");
    assertThat(text("report.html"))
        .contains("1 file or trace was rejected</strong> (validation 1).");

    Program.Outcome restored = run("score");

    assertThat(restored.err())
        .containsPattern("which was of 10 validation traces from " + other + "\n");
    assertThat(rejects("score")).isEmpty();
    assertThat(profile())
        .isEqualTo("[[attack,8,0,188], [training,16,0,344], [validation,16,0,240]]");
  }

  @Test
  void refusesOtherTrainingTracesThanTheModelLearnedFrom() throws IOException {
    long largest;
    try (Stream<Path> files = Files.list(traces.resolve("Training_Data_Master"))) {
      largest = files.mapToLong(file -> file.toFile().length()).max().orElseThrow();
    }
    FileUtils.copyDirectory(program.folder("r").toFile(), program.folder("other").toFile());
    String report = text("report.html");

    Program.Outcome again =
        run(
            "fit",
            "run.id=other",
            "traces.max-bytes=" + (largest - 1),
            "traces.max-rejected-share=0.9");

    assertThat(again.exitCode()).as(again.err()).isEqualTo(3);
    assertThat(again.complaint())
        .startsWith(
            "Cannot go on with run other: other training traces are accepted now than an earlier step accepted (")
        .endsWith(
            "rejected now); give the same traces.max-bytes as then, or run its vocabulary, windows and train steps again");
    assertThat(text("report.html")).isEqualTo(report);
  }

  @Test
  void refusesAModelThatLearnedFromOtherWindows() throws IOException {
    FileUtils.copyDirectory(program.folder("r").toFile(), program.folder("copy").toFile());
    for (String job : List.of("vocabulary", "windows")) {
      assertThat(run(job, "run.id=copy", "run.seed=2").exitCode()).isZero();
    }

    Program.Outcome fit = run("fit", "run.id=copy", "run.seed=2");
    Program.Outcome score = run("score", "run.id=copy", "run.seed=2");

    assertThat(fit.exitCode()).as(fit.err()).isEqualTo(3);
    assertThat(fit.complaint())
        .isEqualTo(
            "Cannot run the fit step: the windows of run copy are newer than its model, or the training was not completed; run the train step again");
    assertThat(score.exitCode()).as(score.err()).isEqualTo(3);
    assertThat(score.complaint())
        .isEqualTo(
            "Cannot run the score step: the detectors of run copy are not fitted to its model, or the fit step was not completed; run the fit step again");
  }

  @Test
  void saysThatFewCalibratingTracesAllowNoAlarm() throws IOException {
    assertThat(first.out())
        .contains(
            "\nalarms      none is possible for lstm (6), stide (16): a false-alarm rate of 0.05 needs 19 calibrating traces; give more training traces, raise scoring.false-alarm-rate, or for the LSTM scoring.lstm-folds\n");
    assertThat(text("report.html"))
        .contains("<strong>No alarm is possible:</strong> its threshold rests on 6 held-out");

    Program.Outcome possible = run("score", "scoring.false-alarm-rate=0.25");

    assertThat(possible.exitCode()).as(possible.err()).isZero();
    assertThat(possible.out()).doesNotContain("\nalarms ");
    assertThat(text("report.html")).doesNotContain("No alarm is possible");
  }

  @Test
  void itsReportTellsTheTimesOfItsOwnJob() throws IOException {
    Path manifest = program.folder("r").resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst(
                "\"started_at\" : \"[^\"]+\"", "\"started_at\" : \"2020-02-02T02:02:02Z\""));

    assertThat(run("score").exitCode()).isZero();

    assertThat(text("report.html")).contains(" took ").doesNotContain("2020-02-02");
  }

  private String profile() {
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      return warehouse
          .rows(MetricTable.DATA_PROFILE, "r", "split", "traces", "rejected", "calls")
          .toString();
    }
  }

  private long snapshotsOfTheProfile() throws IOException {
    try (Stream<Path> files =
        Files.list(program.warehouse().resolve("syscall_anomaly/data_profile/metadata"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("snap-")).count();
    }
  }

  private List<String> rejects(String step) throws IOException {
    return Files.readAllLines(program.folder("r").resolve("rejects/" + step + ".json"));
  }

  private String text(String file) throws IOException {
    return Files.readString(program.folder("r").resolve(file));
  }
}
