package syscallanomaly.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import syscallanomaly.jobs.WarehouseReader;
import syscallanomaly.jobs.job.Jobs;
import syscallanomaly.jobs.progress.Progress;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.warehouse.MetricTable;

/** Jobs from the command line to the exit code. */
class JobOnSparkTest extends JobOnSpark {
  @Test
  void thePipelineRunsItsStepsInOrder() throws Exception {
    assertThat(run("--set", "traces.root=/traces")).isEqualTo(0);

    assertThat(text(out))
        .isEqualTo(
            """
            vocabulary 4
            windows 4
            train 4
            fit 4
            score 4
            Run r1 is in file:%s/runs/r1
            """
                .formatted(folder));
    JsonNode recorded = manifest();
    for (StepName step : EnumSet.range(StepName.VOCABULARY, StepName.SCORE)) {
      assertThat(recorded.path("steps").path(step.label()).path("state").asText())
          .isEqualTo("done");
    }
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  @Test
  void oneStepLeavesTheOthersAlone() throws Exception {
    assertThat(run("train", "--set", "traces.root=/traces")).isEqualTo(0);

    assertThat(manifest().path("steps").path("train").path("state").asText()).isEqualTo("done");
    assertThat(manifest().path("steps").size()).isEqualTo(1);
  }

  @Test
  void aPipelineThatFailedGoesOnAfterItsLastStep() throws Exception {
    replace(
        step(
            StepName.TRAIN,
            context -> {
              throw new IllegalStateException("the machine is gone");
            }));
    assertThat(run("--set", "traces.root=/traces")).isEqualTo(1);
    replace(step(StepName.TRAIN, context -> context.summary().add("train mended")));
    out.reset();
    err.reset();

    assertThat(run("--set", "traces.root=/traces")).isEqualTo(0);

    assertThat(text(err)).isEqualTo("vocabulary, windows: done before\n");
    assertThat(text(out)).startsWith("train mended\nfit 4\nscore 4\nRun r1");
    out.reset();
    err.reset();

    assertThat(run("--set", "traces.root=/traces")).as("of a complete run").isEqualTo(0);
    assertThat(text(err)).isEmpty();
    assertThat(text(out)).startsWith("vocabulary 4\nwindows 4\ntrain mended\nfit 4\nscore 4\n");
  }

  @Test
  void aPipelineThatIsToldSomethingElseBeginsAnew() {
    assertThat(run("vocabulary", "--set", "traces.root=/traces")).isEqualTo(0);
    out.reset();

    assertThat(run("--set", "traces.root=/others")).isEqualTo(0);

    assertThat(text(err))
        .isEqualTo(
            "vocabulary: done before, but the configuration has changed since; all steps run again\n");
    assertThat(text(out)).startsWith("vocabulary 4\nwindows 4\n");
  }

  @Test
  void aRunBelongsToOneProgramAtATime() throws Exception {
    replace(
        step(
            StepName.VOCABULARY,
            context -> {
              ByteArrayOutputStream complaint = new ByteArrayOutputStream();
              PrintStream second = new PrintStream(complaint, true, StandardCharsets.UTF_8);
              int code =
                  new CommandLineProgram(new Jobs(steps), second, second, InstantSource.system())
                      .run("train", "--set", "workspace=" + folder, "--set", "run.id=r1");
              context.summary().add(code + ": " + text(complaint));
            }));

    assertThat(run("vocabulary", "--set", "traces.root=/traces")).isEqualTo(0);

    assertThat(text(out))
        .startsWith("1: Run r1 belongs to process ")
        .contains(
            "\nCannot work on run r1: process ",
            " works on it; wait for its end or stop it, or choose another run.id\n");
    assertThat(folder.resolve("runs/r1/owner.json")).doesNotExist();
    assertThat(folder.resolve("runs/r1/failure.txt")).doesNotExist();
    assertThat(manifest().path("steps").size()).isEqualTo(1);
  }

  @Test
  void whoHasLostTheRunWritesNoRows() throws Exception {
    replace(
        step(
            StepName.TRAIN,
            context -> {
              assertThat(folder.resolve("runs/r1/owner.json").toFile().delete()).isTrue();
              context.tables().replaceEpochs("r1", List.of());
            }));

    assertThat(run("train", "--set", "traces.root=/traces")).isEqualTo(1);

    assertThat(text(err))
        .isEqualTo(
            "Cannot go on with run r1: another program has taken it over, because both began at once or this program did not renew its hold in time\n");
    try (WarehouseReader tables = new WarehouseReader(folder + "/warehouse", Map.of())) {
      assertThat(tables.rows(MetricTable.EPOCHS, "r1", "epoch")).isEmpty();
      assertThat(tables.rows(MetricTable.RUNS, "r1", "status").toString())
          .as("as it was before")
          .isEqualTo("[[running]]");
    }
  }

  @Test
  void inputThatAWorkerCannotUseEndsWithItsOwnLine() throws Exception {
    replace(
        step(
            StepName.WINDOWS,
            context ->
                context
                    .spark()
                    .range(4)
                    .map((MapFunction<Long, Long>) JobOnSparkTest::refuse, Encoders.LONG())
                    .count()));

    assertThat(run("--set", "traces.root=/traces")).isEqualTo(3);

    assertThat(text(err)).endsWith("Cannot read trace 3: it is damaged; mend it\n");
    JsonNode recorded = manifest().path("steps");
    assertThat(recorded.path("vocabulary").path("state").asText()).isEqualTo("done");
    assertThat(recorded.path("windows").path("state").asText()).isEqualTo("failed");
    assertThat(recorded.path("windows").path("reason").asText())
        .isEqualTo("Cannot read trace 3: it is damaged; mend it");
    assertThat(recorded.has("train")).isFalse();
  }

  @Test
  void aBugEndsWithOneLineAndDetailsElsewhere() throws Exception {
    replace(
        step(
            StepName.TRAIN,
            context -> {
              throw new IllegalStateException("s3a://me:hidden@bucket");
            }));

    assertThat(run("train", "--set", "traces.root=/traces")).isEqualTo(1);

    assertThat(text(err))
        .isEqualTo(
            "Cannot finish the job: IllegalStateException: s3a://***@bucket; details are in file:"
                + folder
                + "/runs/r1/failure.txt\n");
    assertThat(Files.readString(folder.resolve("runs/r1/failure.txt")))
        .contains("IllegalStateException", "\tat " + getClass().getName())
        .doesNotContain("hidden");
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  @Test
  void whatFailsOverASecretDoesNotTellIt() throws Exception {
    replace(
        step(
            StepName.TRAIN,
            context -> {
              throw new IllegalStateException(
                  "no answer to sesame/open", new IOException("refused: sesame/open"));
            }));
    System.setProperty("spark.hadoop.fs.s3a.secret.key", "sesame/open");
    try {
      assertThat(run("train", "--set", "traces.root=/traces", "--stacktrace")).isEqualTo(1);
    } finally {
      System.clearProperty("spark.hadoop.fs.s3a.secret.key");
    }

    Path run = folder.resolve("runs/r1");
    assertThat(text(err))
        .contains("Cannot finish the job: IOException: refused: ***; details are in ")
        .doesNotContain("sesame");
    assertThat(run.resolve("failure.txt"))
        .content()
        .contains("no answer to ***", "refused: ***")
        .doesNotContain("sesame");
    assertThat(run.resolve("manifest.json"))
        .content()
        .contains("\"reason\" : \"IOException: refused: ***\"")
        .doesNotContain("sesame");
  }

  @Test
  void aFailedJobIsNotShownAsDone() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Progress progress =
        new Progress(
            new PrintStream(shown, true, StandardCharsets.UTF_8), 0, InstantSource.system());
    replace(
        step(
            StepName.TRAIN,
            context -> {
              try (SparkTaskProgress tasks =
                  SparkTaskProgress.start(context.spark().sparkContext(), progress, "train")) {
                assertThat(tasks).isNotNull();
                context
                    .spark()
                    .range(0, 4, 1, 4)
                    .map((MapFunction<Long, Long>) JobOnSparkTest::refuse, Encoders.LONG())
                    .count();
              }
            }));

    assertThat(run("train", "--set", "traces.root=/traces")).isEqualTo(3);

    assertThat(text(shown)).startsWith("train: started\n").doesNotContain("100 %");
  }

  @Test
  void sparksTasksShowAsProgress() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    AtomicLong seconds = new AtomicLong();
    Progress progress =
        new Progress(
            new PrintStream(shown, true, StandardCharsets.UTF_8),
            0,
            () -> java.time.Instant.ofEpochSecond(seconds.incrementAndGet()));
    replace(
        step(
            StepName.TRAIN,
            context -> {
              try (SparkTaskProgress tasks =
                  SparkTaskProgress.start(context.spark().sparkContext(), progress, "train")) {
                assertThat(tasks).isNotNull();
                context.spark().range(0, 100, 1, 10).toJavaRDD().count();
              }
              context.spark().range(0, 100, 1, 10).toJavaRDD().count();
            }));

    assertThat(run("train", "--set", "traces.root=/traces")).isEqualTo(0);

    assertThat(text(shown))
        .startsWith("train: started\ntrain: 10 %")
        .contains("train: 90 %")
        .contains("train: 100 %")
        .containsOnlyOnce("100 %");
  }

  private static long refuse(long number) {
    if (number == 3) {
      throw new UnusableInputException("Cannot read trace 3: it is damaged; mend it");
    }
    return number;
  }
}
