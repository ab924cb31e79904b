package syscallanomaly.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A run of submit.sh, and what could be seen of its processes meanwhile. */
final class Submission {
  private static final Path SCRIPT = Path.of("..", "submit.sh").toAbsolutePath().normalize();
  private static final long LONGEST_SECONDS = 1800;
  private static final long GLANCE_MILLIS = 1000;

  private final Path folder;
  private final Map<String, String> environment;
  private final Set<String> commandLines = new TreeSet<>();
  private final Map<String, Set<ProcessView.Listener>> listeners = new TreeMap<>();
  private final Set<String> driverEnvironment = new TreeSet<>();
  private final Set<String> executorEnvironment = new TreeSet<>();

  private Submission(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * How it ended.
   *
   * @param commandLines of every process that was seen
   * @param listeners by process: its kind ({@code driver}, {@code executor}, {@code submission})
   *     and number
   * @param driverEnvironment variables of a driver on the cluster
   * @param executorEnvironment variables of the executors
   */
  record Result(
      int exitCode,
      String out,
      String err,
      Set<String> commandLines,
      Map<String, Set<ProcessView.Listener>> listeners,
      Set<String> driverEnvironment,
      Set<String> executorEnvironment) {
    /** The closing summary without the lines that name the run. */
    List<String> figures() {
      return out.lines()
          .filter(line -> !line.startsWith("Run ") && !line.startsWith("report "))
          .toList();
    }
  }

  /**
   * Runs submit.sh to its end.
   *
   * @param folder takes its output
   * @param others the processes of the cluster that it uses, which are watched too
   * @param environment added to that of the tests, less what the tests themselves set for Spark
   */
  static Result run(
      Path folder,
      Map<String, String> environment,
      Supplier<List<ProcessHandle>> others,
      String... arguments)
      throws IOException, InterruptedException {
    return new Submission(Files.createDirectories(folder), environment).run(others, arguments);
  }

  private Result run(Supplier<List<ProcessHandle>> others, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeAll(Set.of("OMP_NUM_THREADS", "SPARK_LOCAL_IP"));
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(this::look);
      others.get().forEach(this::look);
      if (System.nanoTime() > end) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new IOException("submit.sh did not end: " + Files.readString(err));
      }
    }
    return new Result(
        process.exitValue(),
        Files.readString(out),
        Files.readString(err),
        commandLines,
        listeners,
        driverEnvironment,
        executorEnvironment);
  }

  private void look(ProcessHandle process) {
    ProcessView view = new ProcessView(process);
    String commandLine = view.commandLine();
    commandLines.add(commandLine);
    String kind = kind(commandLine);
    if (!kind.isEmpty()) {
      listeners
          .computeIfAbsent(kind + " " + process.pid(), name -> new TreeSet<>())
          .addAll(view.listeners());
    }
    if (kind.equals("driver")) {
      driverEnvironment.addAll(view.environment());
    }
    if (kind.equals("executor")) {
      executorEnvironment.addAll(view.environment());
    }
  }

  private static String kind(String commandLine) {
    if (commandLine.contains("CoarseGrainedExecutorBackend")) {
      return "executor";
    }
    if (commandLine.contains("DriverWrapper") || commandLine.contains("yarn.ApplicationMaster ")) {
      return "driver";
    }
    return commandLine.contains("org.apache.spark.deploy.SparkSubmit")
            && commandLine.contains("/java ")
        ? "submission"
        : "";
  }
}
