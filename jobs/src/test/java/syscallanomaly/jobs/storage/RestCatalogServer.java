package syscallanomaly.jobs.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Iceberg's own REST catalog for tests, in a process of its own on this machine. It keeps its
 * tables in a folder.
 */
public final class RestCatalogServer implements AutoCloseable {
  private static final Path HOME = Path.of("src/test/rest-catalog");
  private static final Pattern STARTED =
      Pattern.compile("Started .*ServerConnector.*\\{0\\.0\\.0\\.0:(\\d+)}");

  private final Process process;
  private final int port;

  private RestCatalogServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts and waits until requests are answered.
   *
   * @param folder takes the catalog and its tables
   */
  public static RestCatalogServer start(Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-cp",
                HOME.resolve("target/lib") + "/*",
                "org.apache.iceberg.rest.RESTCatalogServer")
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "CATALOG_REST_PORT",
                "0",
                "CATALOG_URI",
                "jdbc:sqlite:" + folder.resolve("catalog.db"),
                "CATALOG_WAREHOUSE",
                folder.resolve("warehouse").toString()));
    Process process = builder.start();
    try {
      return new RestCatalogServer(process, port(process.inputReader(StandardCharsets.UTF_8)));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** The port that the server says it has; what it says afterwards is let go. */
  private static int port(BufferedReader output) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "catalog output");
        drain.setDaemon(true);
        drain.start();
        return Integer.parseInt(started.group(1));
      }
      said.append(line).append('\n');
    }
    throw new IOException("Cannot start the REST catalog: " + said);
  }

  /** The server's address. */
  public String uri() {
    return "http://127.0.0.1:" + port;
  }

  /** Spark's options for this catalog. */
  public Map<String, String> catalog() {
    String key = "spark.sql.catalog.syscall";
    Map<String, String> options = new HashMap<>();
    options.put(key, "org.apache.iceberg.spark.SparkCatalog");
    options.put(key + ".type", "rest");
    options.put(key + ".uri", uri());
    options.put(key + ".cache-enabled", "false");
    return options;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
