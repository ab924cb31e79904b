package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that fail over what holds a secret: terminal and folder tell of the failure alone. */
@Tag("slow")
class SecretsInFailuresTest {
  private static final String SECRET = "sesame/open";

  @TempDir private Path folder;

  /** The catalogs are databases whose drivers are not there, so that the failures name them. */
  @Test
  void aCatalogWhosePasswordStandsInTheQueryOfItsUri() throws Exception {
    requireHidden(
        "jdbc:mysql://127.0.0.1:9/catalog?user=ada&password=" + SECRET,
        "jdbc:mysql://127.0.0.1:9/catalog?user=ada&password=***");
  }

  @Test
  void aCatalogWhosePasswordStandsBeforeItsHost() throws Exception {
    requireHidden(
        "jdbc:oracle:thin:ada/" + SECRET + "@//127.0.0.1:9/catalog",
        "jdbc:oracle:thin:***@//127.0.0.1:9/catalog");
  }

  /** No pattern tells that this is a password; the key of another option does. */
  @Test
  void aCatalogWhosePasswordIsKnownFromAnotherOption() throws Exception {
    requireHidden(
        "jdbc:other:" + SECRET + ":127.0.0.1:9/catalog", "jdbc:other:***:127.0.0.1:9/catalog");
  }

  private void requireHidden(String uri, String shown) throws Exception {
    String catalog = "spark.sql.catalog.syscall";
    Map<String, String> spark = new TreeMap<>();
    spark.put(catalog, "org.apache.iceberg.spark.SparkCatalog");
    spark.put(catalog + ".type", "jdbc");
    spark.put(catalog + ".uri", uri);
    spark.put(catalog + ".jdbc.password", SECRET);
    spark.put(catalog + ".warehouse", folder.resolve("warehouse").toString());
    Path traces = folder.resolve("traces");
    SmallTraces.write(traces);

    try (ProgramProcess process =
        ProgramProcess.start(
            folder.resolve("workspace"),
            folder.resolve("output"),
            spark,
            "vocabulary",
            SmallTraces.options(traces, "r"))) {
      assertThat(process.exitCode()).isEqualTo(1);
      assertThat(process.err().lines().filter(line -> !line.startsWith("WARNING: Using incub")))
          .singleElement()
          .asString()
          .startsWith("Cannot finish the job: SQLException: ")
          .contains(shown);
    }
    Path run = folder.resolve("workspace/runs/r");
    assertThat(run.resolve("failure.txt")).content().contains(shown, "\tat ");
    assertThat(run.resolve("manifest.json")).exists();
    assertThat(Files.readString(folder.resolve("output/out.txt"))).isEmpty();
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(SECRET));
    }
  }
}
