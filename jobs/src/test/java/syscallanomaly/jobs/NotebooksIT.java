package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks, and the lines with which PySpark judges traces, in the environment of .ci/run. */
@Tag("slow")
class NotebooksIT {
  private static final Path PYTHON = Path.of("target/python/bin/python");
  private static final Path PROJECT = Path.of("..");
  private static final String SCRIPT = "notebooks/execute.py";

  private static final int NIGHTS = 3;

  @TempDir private static Path folder;

  @BeforeAll
  static void requirePython() throws Exception {
    assumeTrue(
        Files.exists(PYTHON) && run(PROJECT, "-c", "import nbclient, pyspark").exitCode() == 0,
        () ->
            "There are no notebooks and PySpark in "
                + PYTHON.getParent().getParent().toAbsolutePath()
                + "; .ci/run installs them from notebooks/requirements.txt");
  }

  /** How a Python script ended, and what it said. */
  private record Outcome(int exitCode, String said) {}

  private static Outcome run(Path project, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  @Test
  void theSavedOutputIsThatOfTheCode() throws Exception {
    assertThat(run(PROJECT, SCRIPT, "--check")).isEqualTo(new Outcome(0, ""));
  }

  @Test
  void codeThatWasChangedAndNotExecutedIsNoticed() throws Exception {
    Path copy = folder.resolve("copy");
    Files.createDirectories(copy.resolve("notebooks"));
    Files.copy(PROJECT.resolve("pom.xml"), copy.resolve("pom.xml"));
    try (Stream<Path> files = Files.list(PROJECT.resolve("notebooks"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve("notebooks").resolve(file.getFileName()));
      }
    }
    assertThat(run(copy, SCRIPT, "--check")).isEqualTo(new Outcome(0, ""));

    replace(copy.resolve("notebooks/walkthrough.ipynb"), "LENGTH = 20", "LENGTH = 21");
    assertThat(run(copy, SCRIPT, "--check"))
        .isEqualTo(
            new Outcome(
                1,
                "walkthrough.ipynb has other code than when it was executed; run notebooks/execute.py\n"));

    replace(copy.resolve("notebooks/walkthrough.ipynb"), "LENGTH = 21", "LENGTH = 20");
    replace(copy.resolve("notebooks/metrics.ipynb"), "What differs", "/home/ada/What differs");
    Files.delete(copy.resolve("notebooks/roc.png"));
    assertThat(run(copy, SCRIPT, "--check").said())
        .contains("metrics.ipynb names a folder of a machine: /home/ada/What differs")
        .contains("roc.png is not the picture in metrics.ipynb");
  }

  /** A small network, and all that the notebooks show of a run. */
  private static void trainOnTheSample(Path workspace, int night) {
    List<String> options = new ArrayList<>();
    for (String assignment :
        List.of(
            "run.id=night-" + night,
            "run.seed=" + night,
            "network.layers=[16]",
            "network.embedding=16",
            "training.epochs=1",
            "training.averaging-frequency=40",
            "evaluation.bootstrap-samples=50")) {
      options.addAll(List.of("--set", assignment));
    }
    Program.Outcome outcome =
        new Program(workspace).run("pipeline", options.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static void replace(Path file, String text, String by) throws IOException {
    String content = Files.readString(file);
    assertThat(content).contains(text);
    Files.writeString(file, content.replace(text, by));
  }

  @Test
  void theyRunFromTopToBottomAndThreeLinesOfPySparkJudgeAsTheRunDid() throws Exception {
    Path workspace = folder.resolve("workspace");
    for (int night = 1; night <= NIGHTS; night++) {
      trainOnTheSample(workspace, night);
    }
    Outcome executed =
        run(
            PROJECT,
            SCRIPT,
            "--workspace",
            workspace.toString(),
            "--out",
            folder.resolve("executed").toString());
    assertThat(executed.exitCode()).as(executed.said()).isZero();
    assertThat(folder.resolve("executed"))
        .isDirectoryContaining("glob:**/{metrics,walkthrough}.ipynb");

    Outcome judged =
        run(
            PROJECT,
            "jobs/src/test/python/judge_in_three_lines.py",
            "pipeline/library.md",
            ".",
            workspace.resolve("runs/night-1").toString(),
            Path.of("sample/traces.zip").toAbsolutePath() + "!/Validation_Data_Master",
            workspace.resolve("warehouse/syscall_anomaly/trace_scores").toString());
    assertThat(judged.exitCode()).as(judged.said()).isZero();
    // 340 traces, and each of the detectors.
    assertThat(judged.said()).contains("3740 scores and ");
  }
}
