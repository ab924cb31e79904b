package syscallanomaly.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import syscallanomaly.jobs.configuration.ConfigurationKey;
import syscallanomaly.jobs.job.Jobs;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.Outcome;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.step.Step;

/** Everything that is told before Spark starts. */
class CommandLineProgramTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T04:00:00Z"));

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void sparkWasNotStarted() {
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  @Test
  void helpNamesEveryJobOptionAndKey() {
    assertThat(run("--help")).isEqualTo(0);

    assertThat(text(out))
        .startsWith(
            "Usage: ./submit.sh [JOB] [--conf FILE] [--set key=value]... [-- SPARK OPTIONS]")
        .contains("--conf", "--set", "--stacktrace", "--version", "Exit codes: 0 done; 2 ")
        .contains(
            "\n  pipeline    runs vocabulary, windows, train, fit and score in one application\n")
        .contains("\n  vocabulary  ", "\n  windows     ", "\n  train       ", "\n  score       ")
        .contains(
            "\n  detect      ",
            "\n  4 done, with an alarm (detect.fail-on-alarm);\n  5 done, and not promoted ");
    for (ConfigurationKey key : ConfigurationKey.all()) {
      assertThat(text(out))
          .contains("  " + key.path() + " = " + key.fallback() + "\n      " + key.meaning());
    }
    assertThat(text(err)).isEmpty();
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(run("--version")).isEqualTo(0);

    assertThat(text(out)).isEqualTo("syscall-anomaly 0.1.0\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trian          | Cannot run job trian: there is no such job; the jobs are pipeline, vocabulary, windows, train, fit, score, detect, promote, rollback, export, clean, benchmark
          --nonsense     | Cannot run: Unknown option: '--nonsense'; --help lists jobs and options
          --conf         | Cannot run: Missing required parameter for option '--conf' (FILE); --help lists jobs and options
          train,score    | Cannot run: Unmatched argument at index 1: 'score'; --help lists jobs and options
          --conf,no.conf | Cannot read configuration no.conf: no such file; give a file, a URI or one of sample.conf, notebook.conf, adfa-ld.conf
          """)
  void wrongUseIsToldInOneLine(String args, String expected) {
    assertThat(run(args.split(","))).isEqualTo(2);

    assertThat(text(err)).isEqualTo(expected + "\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void allErrorsOfAConfigurationAreToldAtOnce() {
    assertThat(run("train", "--set", "windows.length=1", "--set", "network.dropout=2"))
        .isEqualTo(2);

    assertThat(text(err))
        .isEqualTo(
            """
            Cannot use windows.length = 1: must be at least 2 (--set)
            Cannot use network.dropout = 2: must be 0 to below 1 (--set)
            """);
  }

  @Test
  void aWorkspaceThatCannotBeWrittenIsToldInOneLine() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(run("--set", "workspace=" + file)).isEqualTo(2);

    assertThat(text(err))
        .startsWith("Cannot write to workspace " + file + ": ")
        .containsOnlyOnce("\n");
  }

  @Test
  void howTheJobEndedIsWrittenForOtherPrograms() throws Exception {
    Path file = folder.resolve("result.json");

    assertThat(run("train", "--set", "windows.length=1", "--result", file.toString())).isEqualTo(2);

    String complaint = "Cannot use windows.length = 1: must be at least 2 (--set)\n";
    assertThat(text(err)).isEqualTo(complaint);
    assertThat(new ObjectMapper().readValue(file.toFile(), Outcome.class))
        .isEqualTo(new Outcome("", 2, "", complaint, Map.of()));
  }

  @Test
  void aResultThatCannotBeWrittenIsToldBeforeTheJobStarts() {
    Path file = folder.resolve("none/result.json");

    assertThat(run("--result", file.toString())).isEqualTo(2);

    assertThat(text(err))
        .isEqualTo(
            "Cannot write the result to "
                + file
                + ": there is no folder "
                + file.getParent()
                + "; give --result a file in a folder that can be written\n");
  }

  @Test
  void aStackTraceIsShownToThoseWhoAsk() {
    assertThat(run("--stacktrace", "--set", "windows.length=1")).isEqualTo(2);

    assertThat(text(err)).contains("\tat syscallanomaly.jobs.configuration.");
  }

  private int run(String... args) {
    List<Step> steps = Arrays.stream(StepName.values()).<Step>map(Unreached::new).toList();
    return new CommandLineProgram(
            new Jobs(steps),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            CLOCK)
        .run(args);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private record Unreached(StepName name) implements Step {
    @Override
    public void run(JobContext context) {
      throw new AssertionError("Spark was started");
    }
  }
}
