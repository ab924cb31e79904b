package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.Program;

/** Traces, workspace and tables on HDFS. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class HdfsPipelineTest {
  private HdfsCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    cluster = HdfsCluster.start(folder);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void theWholePipelineRunsThere() throws Exception {
    SmallCorpus.write(cluster.files(), new org.apache.hadoop.fs.Path(cluster.uri("/traces")));
    Program program = new Program(cluster.uri("/workspace"), Map.of());

    Program.Outcome outcome = SmallCorpus.run(program, "pipeline", cluster.uri("/traces"));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }
}
