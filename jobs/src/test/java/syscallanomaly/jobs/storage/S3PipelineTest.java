package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.Program;

/** Traces, workspace and tables on S3. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class S3PipelineTest {
  private S3Server server;
  private UnsteadyProxy proxy;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = S3Server.start(folder);
    proxy = UnsteadyProxy.start();
    server.createBucket("lake");
  }

  @AfterAll
  void stop() {
    server.close();
    proxy.close();
  }

  @Test
  void theWholePipelineRunsThere() throws Exception {
    Map<String, String> options = server.options(proxy.options());
    try (FileSystem files =
        FileSystem.newInstance(java.net.URI.create("s3a://lake"), S3Server.hadoop(options))) {
      SmallCorpus.write(files, new org.apache.hadoop.fs.Path("s3a://lake/traces"));
    }
    System.out.println("write " + proxy.takeCounts());
    Program program = new Program("s3a://lake/workspace", options);
    for (String job : java.util.List.of("pipeline")) {
      long start = System.nanoTime();
      Program.Outcome outcome = SmallCorpus.run(program, job, "s3a://lake/traces");
      System.out.println(
          job + " " + (System.nanoTime() - start) / 1e9 + " s " + proxy.takeCounts());
      System.out.println(outcome);
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }
    server.objects("lake").keySet().stream().sorted().forEach(System.out::println);
  }
}
