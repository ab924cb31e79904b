package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.jobs.Program;
import syscallanomaly.jobs.WarehouseReader;
import syscallanomaly.warehouse.MetricTable;

/** Traces, workspace and tables on S3. */
@Tag("slow")
@ExtendWith(SharedServers.class)
class S3PipelineTest {
  private static final int REFUSED_EVERY = 41;

  /**
   * The figures are those of every other file system although the server answers 503 now and then,
   * and the credentials appear nowhere.
   */
  @Test
  void theWholePipelineRunsOnAnUnsteadyServer(S3Server server) throws Exception {
    try (UnsteadyProxy proxy = UnsteadyProxy.start()) {
      server.createBucket("lake");
      Map<String, String> options = server.options(proxy.options());
      try (FileSystem files =
          FileSystem.newInstance(URI.create("s3a://lake"), S3Server.hadoop(options))) {
        SmallCorpus.write(files, new Path("s3a://lake/traces"));
        proxy.refuseEvery(REFUSED_EVERY);
        String log;
        Program.Outcome outcome;
        try (LogCapture capture = LogCapture.start(Level.INFO)) {
          Program program = new Program("s3a://lake/workspace", options);
          outcome = SmallCorpus.run(program, "pipeline", "s3a://lake/traces");
          log = capture.text();
        }
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(proxy.refused()).isGreaterThan(20);
        proxy.refuseEvery(0);
        SmallCorpus.requireAllOutput(files, "s3a://lake/workspace", options);
        SmallCorpus.promote(
            files,
            new Program("s3a://lake/workspace", options),
            "s3a://lake/workspace",
            "s3a://lake/traces",
            options);
        judgeElsewhere(files, options);

        assertThat(log).contains("Successfully stopped SparkContext");
        requireNoSecret("log", log);
        requireNoSecret("standard output", outcome.out());
        requireNoSecret("standard error", outcome.err());
        server
            .objects("lake")
            .forEach(
                (key, bytes) ->
                    requireNoSecret(key, new String(bytes, StandardCharsets.ISO_8859_1)));
        // The columns of the table are compressed.
        try (WarehouseReader tables =
            new WarehouseReader("s3a://lake/workspace/warehouse", options)) {
          requireNoSecret("runs", tables.allRuns(MetricTable.RUNS, "*").toString());
        }
      }
    }
  }

  /** With the fitted detector, once the traces that it was fitted to are gone. */
  private static void judgeElsewhere(FileSystem files, Map<String, String> options)
      throws IOException {
    for (Path gone : SmallCorpus.normal(new Path("s3a://lake/traces"))) {
      assertThat(files.delete(gone, true)).isTrue();
    }
    Program.Outcome judged =
        SmallCorpus.judge(
            new Program("s3a://lake/own", options), "s3a://lake/workspace", "s3a://lake/traces");
    assertThat(judged.exitCode()).as(judged.err()).isZero();
    SmallCorpus.requireJudgedAlike("s3a://lake/workspace", "s3a://lake/own", options);
  }

  private static void requireNoSecret(String place, String text) {
    assertThat(text.contains(S3Server.SECRET_KEY)).as("secret in %s", place).isFalse();
    assertThat(text.contains(S3Server.ACCESS_KEY)).as("access key in %s", place).isFalse();
  }
}
