package syscallanomaly.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class StandaloneClusterIT {
  @Test
  void startsWorkersAndLosesThemWhenTheyAreKilled(@TempDir Path folder) throws Exception {
    ProcessHandle master;
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2, 1, "512m")) {
      assertThat(cluster.url()).matches("spark://127\\.0\\.0\\.1:[1-9]\\d+");
      assertThat(cluster.processes()).hasSize(3).allMatch(ProcessHandle::isAlive);
      assertThat(cluster.executors()).isEmpty();
      master = cluster.processes().get(0);

      cluster.killWorker(0);

      assertThat(cluster.processes()).hasSize(2);
    }
    assertThat(master.isAlive()).isFalse();
  }
}
