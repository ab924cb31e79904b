package syscallanomaly.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import syscallanomaly.jobs.cluster.StandaloneCluster;

/** The whole program as a process of its own, which can be killed. */
public final class ProgramProcess implements AutoCloseable {
  private static final long LONGEST_SECONDS = 300;
  private static final long POLL_MILLIS = 5;

  private final Process process;
  private final Path err;

  private ProgramProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
  }

  /**
   * Starts a job on two local workers, with the Java options and classes of this test.
   *
   * @param logs takes standard output and standard error
   */
  static ProgramProcess start(Path workspace, Path logs, String job, String... options)
      throws IOException {
    return start(workspace, logs, Map.of(), job, options);
  }

  /**
   * Likewise elsewhere.
   *
   * @param spark what to tell Spark, over what {@link Program} tells it
   */
  static ProgramProcess start(
      Path workspace, Path logs, Map<String, String> spark, String job, String... options)
      throws IOException {
    return start(command(workspace, spark, job, options), logs);
  }

  /** Likewise, with no file larger than so many KiB. */
  static ProgramProcess startWithFilesUpTo(
      int kibibytes, Path workspace, Path logs, String job, String... options) throws IOException {
    List<String> limited =
        new ArrayList<>(
            List.of("bash", "-c", "ulimit -f " + kibibytes + " && exec \"$@\"", "bash"));
    limited.addAll(command(workspace, Map.of(), job, options));
    return start(limited, logs);
  }

  private static ProgramProcess start(List<String> command, Path logs) throws IOException {
    Files.createDirectories(logs);
    Path err = logs.resolve("err.txt");
    return new ProgramProcess(
        new ProcessBuilder(command)
            .redirectOutput(logs.resolve("out.txt").toFile())
            .redirectError(err.toFile())
            .start(),
        err);
  }

  private static List<String> command(
      Path workspace, Map<String, String> spark, String job, String... options) {
    Map<String, String> properties = new TreeMap<>(Program.SPARK);
    properties.putAll(spark);
    List<String> command = new ArrayList<>();
    if (System.getProperty("os.name").equals("Linux")) {
      // A shell that runs the tests in the background lets all its processes ignore Ctrl-C.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Xmx"))
        .forEach(command::add);
    command.add("-Xmx1g");
    command.addAll(List.of(StandaloneCluster.OPTIONS_OF_SHORT_RUNS.split(" ")));
    command.add("-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"));
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(
        List.of("-cp", classPath(), Main.class.getName(), job, "--set", "workspace=" + workspace));
    command.addAll(List.of(options));
    return command;
  }

  /** The classes of this test, folders and jars. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Waits until a condition holds while the program runs. */
  void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!condition.getAsBoolean()) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new AssertionError("Waited for " + what + "; the program said:\n" + err());
      }
    }
  }

  /** Ends the process at once, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Asks the process to end, as {@code kill} does; its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  /** Interrupts the process, as Ctrl-C does; its exit code. */
  int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    return exitCode();
  }

  /** Waits for the end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The program does not end; it said:\n" + err());
    }
    return process.exitValue();
  }

  String err() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
