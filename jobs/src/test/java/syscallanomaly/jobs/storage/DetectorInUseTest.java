package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.run.CurrentDetector;
import syscallanomaly.jobs.run.InUseException;
import syscallanomaly.jobs.run.Lease;
import syscallanomaly.jobs.run.ModelsFolder;
import syscallanomaly.jobs.run.Workspace;

/** Two programs promote at once: one wins, and the other says so, wherever the workspace lies. */
@Tag("slow")
@ExtendWith(SharedServers.class)
class DetectorInUseTest {
  @Test
  void inALocalFolder(@TempDir Path folder) throws Exception {
    oneWins(folder.toString(), new Configuration());
  }

  @Test
  void onHdfs(HdfsCluster cluster) throws Exception {
    Configuration hadoop = new Configuration();
    HdfsCluster.options()
        .forEach((key, value) -> hadoop.set(key.replaceFirst("^spark.hadoop.", ""), value));
    oneWins(cluster.uri("/promotions"), hadoop);
  }

  @Test
  void onS3(S3Server server) throws Exception {
    server.createBucket("promotions");
    oneWins("s3a://promotions/workspace", S3Server.hadoop(server.options(Map.of())));
  }

  private static void oneWins(String workspace, Configuration hadoop) throws Exception {
    Workspace.open(workspace, hadoop);
    List<String> won = Collections.synchronizedList(new ArrayList<>());
    List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    CyclicBarrier start = new CyclicBarrier(2);
    CyclicBarrier taken = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> programs = new ArrayList<>();
      for (String run : List.of("a", "b")) {
        programs.add(
            () -> {
              start.await();
              try (Lease lease = take(workspace, hadoop, taken)) {
                promote(Workspace.at(workspace, hadoop), lease, run);
                won.add(run);
              } catch (InUseException e) {
                complaints.add(e.getMessage());
              }
              return null;
            });
      }
      for (Future<Void> program : threads.invokeAll(programs)) {
        program.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(won).hasSize(1);
    assertThat(complaints)
        .singleElement()
        .asString()
        .containsPattern("^Cannot (work on|go on with) the detector in use: process \\d+ on ")
        .doesNotContain("\n");
    ModelsFolder models = Workspace.at(workspace, hadoop).models();
    CurrentDetector current = models.current().orElseThrow();
    assertThat(current.detector().run()).isEqualTo(won.get(0));
    assertThat(current.history()).isEmpty();

    try (Lease next = Lease.take(models, line -> {})) {
      promote(Workspace.at(workspace, hadoop), next, "c");
    }
    CurrentDetector last = models.current().orElseThrow();
    assertThat(last.detector().run()).isEqualTo("c");
    assertThat(last.history()).containsExactly(current.detector());
    models.folder(last.detector());
  }

  /** Waits for the other program, which may have been refused, for as long as both may hold it. */
  private static Lease take(String workspace, Configuration hadoop, CyclicBarrier taken)
      throws Exception {
    try {
      return Lease.take(Workspace.at(workspace, hadoop).models(), line -> {});
    } finally {
      taken.await();
    }
  }

  private static void promote(Workspace workspace, Lease lease, String run) throws IOException {
    ModelsFolder held = workspace.models().heldBy(lease);
    byte[] json = run.getBytes(StandardCharsets.UTF_8);
    CurrentDetector.Promoted copy =
        held.copy(
            run,
            json,
            "2026-11-25T07:00:00Z",
            new ModelsFolder.Copy() {
              @Override
              public void copyTo(org.apache.hadoop.fs.Path target) throws IOException {
                workspace.writeAtomically(
                    new org.apache.hadoop.fs.Path(target, "files/part"), new byte[] {1});
              }

              @Override
              public boolean isIn(org.apache.hadoop.fs.Path target) {
                return true;
              }
            });
    held.deleteUnnamed(held.promote(copy, 5));
  }
}
