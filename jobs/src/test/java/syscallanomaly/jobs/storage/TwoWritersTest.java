package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.WarehouseReader;
import syscallanomaly.jobs.cluster.StandaloneCluster;
import syscallanomaly.warehouse.MetricTable;

/** Two applications, each in a process of its own, write runs into the same tables at a time. */
@Tag("slow")
@ExtendWith(SharedServers.class)
class TwoWritersTest {
  private static final int RUNS = 6;
  private static final long MINUTES = 10;

  @TempDir private Path folder;

  @Test
  void noRowIsLostInTheEmbeddedCatalogInALocalFolder() throws Exception {
    assertNothingIsLost(folder.resolve("warehouse").toString(), Map.of(), Map.of());
  }

  @Test
  void noRowIsLostInTheEmbeddedCatalogOnHdfs(HdfsCluster cluster) throws Exception {
    assertNothingIsLost(cluster.uri("/two-writers/warehouse"), Map.of(), Map.of());
  }

  /** The writers find their credentials in the environment. */
  @Test
  void noRowIsLostInACatalogInPostgresOnS3(S3Server server, PostgresServer database)
      throws Exception {
    server.createBucket("tables");
    Map<String, String> catalog = new HashMap<>(server.optionsWithoutCredentials());
    catalog.putAll(database.catalog(database.createDatabase("writers"), "s3a://tables/warehouse"));
    assertNothingIsLost(
        "s3a://tables/warehouse",
        catalog,
        Map.of(
            "AWS_ACCESS_KEY_ID",
            S3Server.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY",
            S3Server.SECRET_KEY));
  }

  private void assertNothingIsLost(
      String location, Map<String, String> options, Map<String, String> environment)
      throws Exception {
    Path go = folder.resolve("go");
    Process first = writer(location, "a", go, options, environment);
    Process second = null;
    try {
      // The first makes the tables.
      awaitReady(first);
      second = writer(location, "b", go, options, environment);
      awaitReady(second);
      Files.createFile(go);
      assertEndedWell(first);
      assertEndedWell(second);
    } finally {
      first.destroyForcibly();
      if (second != null) {
        second.destroyForcibly();
      }
    }
    Map<String, String> reading = new HashMap<>(options);
    if (environment.containsKey("AWS_ACCESS_KEY_ID")) {
      reading.put("spark.hadoop.fs.s3a.access.key", environment.get("AWS_ACCESS_KEY_ID"));
      reading.put("spark.hadoop.fs.s3a.secret.key", environment.get("AWS_SECRET_ACCESS_KEY"));
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      expected.addAll(List.of("[a%d,succeeded]".formatted(i), "[b%d,succeeded]".formatted(i)));
    }
    try (WarehouseReader tables = new WarehouseReader(location, reading)) {
      assertThat(tables.allRuns(MetricTable.RUNS, "run_id", "status").stream().map(Row::toString))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private Process writer(
      String location,
      String prefix,
      Path go,
      Map<String, String> options,
      Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-Xmx600m");
    command.addAll(split(StandaloneCluster.OPTIONS_OF_SHORT_RUNS).toList());
    command.addAll(openModules());
    command.add("-Dspark.ui.enabled=false");
    command.add("-Dspark.driver.host=127.0.0.1");
    command.add("-Dspark.driver.bindAddress=127.0.0.1");
    command.add("-Dspark.sql.shuffle.partitions=1");
    options.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            MetricWriter.class.getName(), location, prefix, String.valueOf(RUNS), go.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve(prefix + ".log").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Stream<String> split(String options) {
    return Stream.of(options.trim().split("\\s+"));
  }

  /** Spark's own list of what it needs of the JDK. */
  private static List<String> openModules() {
    return split(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptions()).toList();
  }

  private void awaitReady(Process writer) throws IOException {
    BufferedReader output = writer.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals("ready")) {
        return;
      }
    }
    throw new IOException("The writer ended early:\n" + logs());
  }

  private void assertEndedWell(Process writer) throws Exception {
    assertThat(writer.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(writer.exitValue()).as(logs()).isZero();
  }

  private String logs() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String prefix : List.of("a", "b")) {
      Path log = folder.resolve(prefix + ".log");
      text.append(Files.exists(log) ? Files.readString(log) : "");
    }
    return text.toString();
  }
}
