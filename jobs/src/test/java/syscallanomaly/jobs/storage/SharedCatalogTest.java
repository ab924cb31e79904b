package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.Program;

/** The whole pipeline with its tables in catalogs that other engines share. */
@Tag("slow")
@ExtendWith(SharedServers.class)
class SharedCatalogTest {
  private static final Path PYTHON = Path.of("target/python/bin/python");

  @TempDir private Path folder;

  @Test
  void tablesLieInACatalogInPostgres(PostgresServer server) throws Exception {
    String url = server.createDatabase("catalog");

    assertAllOutput(server.catalog(url, folder.resolve("tables").toString()));
    assertPyicebergReads("type=sql", "uri=" + server.sqlAlchemyUrl("catalog"));
  }

  @Test
  void tablesLieInARestCatalog(RestCatalogServer server) throws Exception {
    assertAllOutput(server.catalog());
    assertPyicebergReads("type=rest", "uri=" + server.uri());
  }

  /** Reads the scores by the catalog alone, without a word about the place of the files. */
  private static void assertPyicebergReads(String... catalog) throws Exception {
    assumeTrue(
        Files.exists(PYTHON),
        () ->
            "The tables are as they should be, but pyiceberg was not asked: there is no "
                + PYTHON.toAbsolutePath()
                + "; .ci/run makes it from jobs/src/test/python/requirements.txt");
    List<String> command = new ArrayList<>(List.of(PYTHON.toAbsolutePath().toString()));
    command.add(Path.of("src/test/python/count_scores.py").toAbsolutePath().toString());
    command.addAll(Arrays.asList(catalog));
    Process reading = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(reading.waitFor()).as(said).isZero();
    assertThat(said.strip()).endsWith("60");
  }

  private void assertAllOutput(Map<String, String> catalog) throws Exception {
    try (FileSystem files = FileSystem.newInstanceLocal(new Configuration())) {
      org.apache.hadoop.fs.Path traces =
          new org.apache.hadoop.fs.Path(folder.resolve("traces").toUri());
      SmallCorpus.write(files, traces);
      String workspace = folder.resolve("workspace").toUri().toString();

      Program.Outcome outcome =
          SmallCorpus.run(new Program(workspace, catalog), "pipeline", traces.toString());

      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      SmallCorpus.requireAllOutput(files, workspace, catalog);
      assertThat(files.exists(new org.apache.hadoop.fs.Path(workspace, "warehouse")))
          .as("a catalog of the program's own")
          .isFalse();
    }
  }
}
