package syscallanomaly.jobs.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.configuration.ConfigurationFiles;
import syscallanomaly.jobs.configuration.ConfigurationLoader;

class ExecutorCheckTest {
  private static final long ARRAYS = 100;

  private static List<String> warnings(int tasks, String... settings) {
    SparkConf given = new SparkConf(false);
    for (int i = 0; i < settings.length; i += 2) {
      given.set(settings[i], settings[i + 1]);
    }
    return ExecutorCheck.warnings(SparkSettings.complete(given, "name", ARRAYS), tasks, ARRAYS);
  }

  @Test
  void theDefaultsStarveNobody() {
    assertThat(warnings(1)).isEmpty();
    assertThat(warnings(6)).isEmpty();
    assertThat(warnings(16, "spark.executor.cores", "16", "spark.executor.memory", "2g")).isEmpty();
  }

  @Test
  void tooLittleOverheadIsTold() {
    assertThat(warnings(2, "spark.executor.memoryOverhead", "512m"))
        .containsExactly(
            "Warning: spark.executor.memoryOverhead = 512 MiB leaves 128 MiB for arrays outside the"
                + " heap, and 2 tasks of an executor need up to 200 MiB; executors may be killed:"
                + " set spark.executor.memoryOverhead=584m or fewer spark.executor.cores");
    assertThat(warnings(2, "spark.executor.memoryOverhead", "584m")).isEmpty();
    assertThat(warnings(1, "spark.executor.memoryOverheadFactor", "0.1"))
        .singleElement()
        .asString()
        .startsWith("Warning: spark.executor.memoryOverhead = 102 MiB leaves 0 MiB");
  }

  @Test
  void aHeapThatManyTasksShareIsTold() {
    assertThat(warnings(7))
        .containsExactly(
            "Warning: spark.executor.memory = 1024 MiB is shared by 7 tasks, which need up to 1100"
                + " MiB; set spark.executor.memory=1100m or fewer spark.executor.cores");
  }

  @Test
  void coresThatNoTaskUsesAreTold() {
    assertThat(warnings(1, "spark.task.cpus", "2"))
        .containsExactly(
            "Warning: spark.task.cpus = 2 reserves 2 cores for each task, but a task computes on one;"
                + " leave it out");
  }

  @Test
  void nativeThreadsThatFightAreTold() {
    assertThat(warnings(1, "spark.executorEnv.OMP_NUM_THREADS", "4"))
        .containsExactly(
            "Warning: spark.executorEnv.OMP_NUM_THREADS = 4 lets the native threads of a task compete"
                + " for the cores of other tasks; leave it out");
  }

  @Test
  void theArraysOfTheNotebooksNetworkAreEstimated() throws Exception {
    Configuration notebook =
        new ConfigurationLoader(
                new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
                InstantSource.system())
            .load(Optional.of("notebook.conf"), List.of("traces.root=/traces"));

    // 6 x 609,881 parameters, and for 512 windows 6 x 420 numbers a step and 2 x 341 at the last
    long numbers = 6 * 609_881L + 512 * (19 * 6 * 420L + 2 * 341L);
    assertThat(NetworkMemory.mebibytes(notebook)).isEqualTo(1 + numbers * 4 / (1 << 20));
  }
}
