package syscallanomaly.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import syscallanomaly.jobs.command.CommandLineProgram;
import syscallanomaly.jobs.job.Jobs;
import syscallanomaly.jobs.step.Step;
import syscallanomaly.jobs.step.Steps;

/**
 * The whole program as a test runs it, on two local workers; each run starts a Spark of its own.
 */
public final class Program {
  static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1");

  private final String workspace;
  private final List<Step> steps;
  private final Map<String, String> spark = new TreeMap<>(SPARK);

  Program(Path workspace) {
    this(workspace.toString(), Map.of());
  }

  /**
   * @param workspace folder or URI
   * @param spark further options of Spark
   */
  public Program(String workspace, Map<String, String> spark) {
    this(workspace, spark, Steps.all());
  }

  /**
   * @param steps the steps of which the program has jobs
   */
  Program(String workspace, Map<String, String> spark, List<Step> steps) {
    this.workspace = workspace;
    this.steps = steps;
    this.spark.putAll(spark);
  }

  /** What a run came to. */
  public record Outcome(int exitCode, String out, String err) {
    /** The last line of standard error: progress comes before it. */
    public String complaint() {
      List<String> lines = err.lines().toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  /** Runs a job on the workspace. */
  public Outcome run(String job, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of(job, "--set", "workspace=" + workspace));
    arguments.addAll(List.of(options));
    spark.forEach(System::setProperty);
    try {
      int exitCode =
          new CommandLineProgram(
                  new Jobs(steps),
                  new PrintStream(out, true, StandardCharsets.UTF_8),
                  new PrintStream(err, true, StandardCharsets.UTF_8),
                  InstantSource.system())
              .run(arguments.toArray(String[]::new));
      return new Outcome(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      spark.keySet().forEach(System::clearProperty);
    }
  }

  Path folder(String runId) {
    return Path.of(workspace, "runs", runId);
  }

  /** Whether {@code checkpoints/} has a file whose name matches. */
  boolean hasCheckpoint(String runId, String name) {
    return checkpoints(runId).stream()
        .anyMatch(file -> file.getFileName().toString().matches(name));
  }

  /** The file of the run's model, which model.json names; there is one. */
  Path model(String runId) {
    List<Path> models =
        files(folder(runId)).stream()
            .filter(file -> file.getFileName().toString().matches("model.*\\.zip"))
            .toList();
    if (models.size() != 1) {
      throw new AssertionError("no model, or several: " + models);
    }
    return models.get(0);
  }

  /** The files in {@code checkpoints/}, in the order of their names. */
  List<Path> checkpoints(String runId) {
    return files(folder(runId).resolve("checkpoints"));
  }

  /** The files and folders in a folder that are meant to be seen, in the order of their names. */
  static List<Path> files(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder with the windows that a run has published last. */
  Path windows(String runId) {
    try (Stream<Path> folders = Files.list(folder(runId).resolve("windows"))) {
      return folders.filter(Files::isDirectory).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path warehouse() {
    return Path.of(workspace, "warehouse");
  }
}
