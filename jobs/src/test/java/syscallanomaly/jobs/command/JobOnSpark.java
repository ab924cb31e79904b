package syscallanomaly.jobs.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.job.Jobs;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.step.Step;

/** Runs jobs from the command line to the exit code, on a Spark of their own. */
abstract class JobOnSpark {
  private static final List<String> SPARK =
      List.of("spark.master", "spark.driver.host", "spark.driver.bindAddress");

  @TempDir Path folder;

  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final List<Step> steps = new ArrayList<>();

  @BeforeAll
  static void configureSpark() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.driver.host", "127.0.0.1");
    System.setProperty("spark.driver.bindAddress", "127.0.0.1");
  }

  @AfterAll
  static void forgetSpark() {
    SPARK.forEach(System::clearProperty);
  }

  @BeforeEach
  void makeSteps() {
    for (StepName name : StepName.values()) {
      steps.add(
          step(
              name,
              context ->
                  context.summary().add(name.label() + " " + context.spark().range(4).count())));
    }
  }

  int run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--set", "workspace=" + folder, "--set", "run.id=r1"));
    return new CommandLineProgram(
            new Jobs(steps),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InstantSource.system())
        .run(all.toArray(String[]::new));
  }

  void replace(Step step) {
    steps.replaceAll(old -> old.name() == step.name() ? step : old);
  }

  JsonNode manifest() throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("runs/r1/manifest.json")));
  }

  static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  static Step step(StepName name, Work work) {
    return new Step() {
      @Override
      public StepName name() {
        return name;
      }

      @Override
      public void run(JobContext context) {
        work.on(context);
      }
    };
  }

  interface Work {
    void on(JobContext context);
  }
}
