package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
  @TempDir private Path folder;

  @Test
  void tablesLieInACatalogInPostgres(PostgresServer server) throws Exception {
    String url = server.createDatabase("catalog");

    assertAllOutput(server.catalog(url, folder.resolve("tables").toString()));
  }

  @Test
  void tablesLieInARestCatalog(RestCatalogServer server) throws Exception {
    assertAllOutput(server.catalog());
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
