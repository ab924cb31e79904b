package syscallanomaly.jobs.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceReader;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.TraceSettings;

@TestInstance(Lifecycle.PER_CLASS)
class RejectsTest {
  private static final int TASKS = 4;

  @TempDir Path folder;
  private SparkSession spark;

  @BeforeAll
  void start() {
    spark =
        SparkSession.builder()
            .master("local[%d]".formatted(TASKS))
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
  }

  @AfterAll
  void stop() {
    spark.close();
  }

  private TraceSet traces(int good, int bad) throws Exception {
    Path place = Files.createDirectories(folder.resolve("traces-" + good + "-" + bad));
    for (int i = 0; i < good; i++) {
      Files.writeString(place.resolve("good%03d.txt".formatted(i)), "1 2 3");
    }
    for (int i = 0; i < bad; i++) {
      Files.writeString(place.resolve("bad%03d.txt".formatted(i)), "1 two");
    }
    return new TraceReader(spark, TraceSettings.of(place.toString()), Integer.MAX_VALUE)
        .read(Split.TRAINING);
  }

  private RunFolder run(String name) throws Exception {
    return Workspace.open(folder.toString(), spark.sparkContext().hadoopConfiguration()).run(name);
  }

  private static List<String> lines(RunFolder run, StepName step) throws Exception {
    return Files.readAllLines(Path.of(run.rejects(step).toUri()));
  }

  @Test
  void theFirstJobReadsAllPartitionsSideBySide() throws Exception {
    TraceSet traces = traces(20, 20);
    List<Integer> tasksOfJobs = new ArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            tasksOfJobs.add(start.stageInfos().head().numTasks());
          }
        };
    spark.sparkContext().addSparkListener(listener);
    try {
      Rejects.keep(run("parallel"), StepName.WINDOWS, List.of(traces));
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }

    assertThat(tasksOfJobs).hasSizeLessThanOrEqualTo(3).first().isEqualTo(TASKS);
    assertThat(lines(run("parallel"), StepName.WINDOWS)).hasSize(20);
  }

  @Test
  void eachStepHasItsOwnSortedListAndNothingElseIsLeft() throws Exception {
    RunFolder run = run("lists");

    Rejects.keep(run, StepName.VOCABULARY, List.of(traces(3, 2)));
    Rejects.keep(run, StepName.SCORE, List.of(traces(1, 0)));
    Rejects.keep(run, StepName.VOCABULARY, List.of(traces(3, 2), traces(2, 1)));

    assertThat(lines(run, StepName.SCORE)).isEmpty();
    assertThat(lines(run, StepName.VOCABULARY))
        .hasSize(3)
        .isSorted()
        .allMatch(line -> line.startsWith("{\"split\":\"training\",\"file\":\"file:"))
        .allMatch(line -> line.contains("'two' is not a number"));
    try (Stream<Path> files = Files.list(Path.of(run.root().toUri()))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("rejects");
    }
  }
}
