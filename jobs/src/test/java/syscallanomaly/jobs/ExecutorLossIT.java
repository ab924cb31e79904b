package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.cluster.StandaloneCluster;
import syscallanomaly.jobs.storage.SharedServers;

/** Executors and machines that are lost in the middle: the run goes on, and comes to the same. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(SharedServers.class)
class ExecutorLossIT {
  private static final String MIDDLE_OF_THE_FIRST_EPOCH = "epoch-0001-round-0000[12]\\d\\.state";

  private Path folder;
  private UndisturbedRun undisturbed;

  /** On two local workers: where they run makes no difference. */
  @BeforeAll
  void runUndisturbed(@TempDir Path temporary) throws Exception {
    folder = temporary;
    undisturbed = UndisturbedRun.in(folder, "training.workers=2");
  }

  @Test
  void executorsThatAreKilledAreReplaced(StandaloneCluster cluster) throws Exception {
    try (ProgramProcess process = start(cluster, "executors")) {
      process.await(
          "the first epoch",
          () -> undisturbed.program().hasCheckpoint("executors", MIDDLE_OF_THE_FIRST_EPOCH));
      ProcessHandle inTraining = cluster.executors(0).get(0);
      inTraining.destroyForcibly();
      process.await("scoring", () -> process.err().contains("score, lstm: started"));
      ProcessHandle inScoring = cluster.executors(1).get(0);
      inScoring.destroyForcibly();

      assertThat(process.exitCode()).as(process.err()).isZero();
      assertThat(inTraining.isAlive() || inScoring.isAlive()).isFalse();
    }
    undisturbed.assertSame("executors");
  }

  @Test
  void theOtherMachineGoesOnAlone() throws Exception {
    try (StandaloneCluster cluster =
            StandaloneCluster.start(folder.resolve("machine"), 2, 1, "1g");
        ProgramProcess process = start(cluster, "machine")) {
      process.await(
          "the first epoch",
          () -> undisturbed.program().hasCheckpoint("machine", MIDDLE_OF_THE_FIRST_EPOCH));
      assertThat(cluster.executors()).hasSize(2);
      cluster.killWorker(0);

      assertThat(process.exitCode()).as(process.err()).isZero();
      assertThat(process.err()).contains("epoch 2: loss");
    }
    undisturbed.assertSame("machine");
  }

  private ProgramProcess start(StandaloneCluster cluster, String runId) throws Exception {
    return undisturbed.start(
        runId,
        Map.of(
            "spark.master",
            cluster.url(),
            "spark.cores.max",
            "2",
            "spark.executor.cores",
            "1",
            "spark.executor.memory",
            "512m",
            "spark.executor.extraClassPath",
            ProgramProcess.classPath(),
            "spark.executor.extraJavaOptions",
            StandaloneCluster.OPTIONS_OF_SHORT_RUNS,
            // The program begins with both, as it would on a cluster that is up.
            "spark.scheduler.minRegisteredResourcesRatio",
            "1.0",
            "spark.shuffle.io.retryWait",
            "1s"));
  }
}
