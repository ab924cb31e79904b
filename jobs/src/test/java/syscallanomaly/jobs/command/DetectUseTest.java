package syscallanomaly.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.job.Jobs;
import syscallanomaly.jobs.step.Steps;

/** Wrong use of the job detect is told before Spark starts. */
class DetectUseTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void sparkWasNotStarted() {
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  private int detect(String... assignments) {
    List<String> arguments = new ArrayList<>(List.of("detect", "--set", "workspace=" + folder));
    for (String assignment : assignments) {
      arguments.addAll(List.of("--set", assignment));
    }
    return new CommandLineProgram(
            new Jobs(Steps.all()),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InstantSource.system())
        .run(arguments.toArray(String[]::new));
  }

  private String complaints() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void detectorAndTracesMustBeNamed() {
    assertThat(detect()).isEqualTo(2);

    assertThat(complaints())
        .isEqualTo(
            """
            Cannot detect: no detector is named; set detector to the folder of a fitted detector, the folder or name of the run that fitted it, or current, the one that was promoted last
            Cannot detect: no traces are named; set traces.observed to a folder, glob or .zip
            """);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void placesHoldNoCredentials() {
    assertThat(detect("detector=s3a://me:key@bucket/d", "traces.observed=s3a://me:key@bucket/t"))
        .isEqualTo(2);

    assertThat(complaints())
        .contains("Cannot use detector = ", "Cannot use traces.observed = ")
        .doesNotContain("me:key");
  }

  @Test
  void theRunOfATrainingKeepsItsScores() throws Exception {
    Path run = Files.createDirectories(folder.resolve("runs/tuesday"));
    Files.writeString(run.resolve("vocabulary.json"), "{}");

    assertThat(detect("detector=d", "traces.observed=t", "run.id=tuesday")).isEqualTo(2);

    assertThat(complaints())
        .isEqualTo(
            "Cannot detect in run tuesday: it holds a training, whose scores and report would be lost; leave run.id out, or give a new one\n");
    assertThat(run.resolve("manifest.json")).doesNotExist();
  }
}
