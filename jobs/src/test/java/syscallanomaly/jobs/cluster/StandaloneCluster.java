package syscallanomaly.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Spark's standalone cluster: a master and workers, each a process of its own, on the loopback
 * interface. Needs the packaged Spark, and Linux, where executors are found by their command lines.
 */
public final class StandaloneCluster implements AutoCloseable {
  /**
   * Where {@code package} lays out the Spark that Maven resolved, seen from the module's folder.
   */
  public static final Path SPARK_HOME = Path.of("target", "spark").toAbsolutePath();

  /**
   * Java options of processes in which the second compiler would take more time than it saves. The
   * first alone is given room for 48 MB of code, which a whole pipeline in one process fills; then
   * Java says so on standard output.
   */
  public static final String OPTIONS_OF_SHORT_RUNS =
      "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
  private static final Pattern MASTER_URL = Pattern.compile("Starting Spark master at (\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Registering worker ");
  private static final long START_SECONDS = 900;
  private static final long POLL_MILLIS = 100;

  private final Path folder;
  private final List<Process> workers = new ArrayList<>();
  private final Set<ProcessHandle> orphans = new LinkedHashSet<>();
  private final Process master;
  private final String url;

  private StandaloneCluster(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.master =
        start(
            "master",
            "org.apache.spark.deploy.master.Master",
            List.of("--host", LOOPBACK, "--port", "0", "--webui-port", "0"));
    try {
      this.url =
          await(
              master, "the master's address", () -> find(MASTER_URL).map(found -> found.group(1)));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a cluster and waits until all workers are registered.
   *
   * @param folder takes logs and the workers' folders
   * @param cores of each worker; in cluster mode the driver takes one of them
   * @param memory of each worker, as Spark writes it: {@code 1g}
   */
  public static StandaloneCluster start(Path folder, int workers, int cores, String memory)
      throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    try {
      for (int i = 0; i < workers; i++) {
        cluster.startWorker(cores, memory);
      }
      cluster.await(
          cluster.master,
          workers + " registered workers",
          () -> Optional.of(cluster.registered()).filter(count -> count >= workers));
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** What {@code --master} takes: {@code spark://127.0.0.1:port}. */
  public String url() {
    return url;
  }

  /** The folder of logs, and of the workers' folders. */
  public Path folder() {
    return folder;
  }

  /** The folders of the drivers and executors that a worker has run, with their output. */
  public Path workFolder(int worker) {
    return folder.resolve("work-" + worker);
  }

  /** The executors that run now, of all workers. */
  public List<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> executorsOf(worker)).toList();
  }

  /** The executors of a worker that run now. */
  public List<ProcessHandle> executors(int worker) {
    return executorsOf(workers.get(worker)).toList();
  }

  /** Master, workers, and the executors and drivers that run now. */
  public List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(master), workers.stream())
        .filter(Process::isAlive)
        .flatMap(process -> Stream.concat(Stream.of(process.toHandle()), process.descendants()))
        .toList();
  }

  /** Ends a worker's process at once, as a machine that fails does; its executors follow. */
  public void killWorker(int worker) {
    Process process = workers.get(worker);
    List<ProcessHandle> children = process.descendants().toList();
    orphans.addAll(children);
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  /**
   * Ends an executor's process at once, as the kernel does when memory runs out.
   *
   * @throws IllegalStateException where the worker runs none
   */
  public void killExecutor(int worker) {
    ProcessHandle executor =
        executors(worker).stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Worker " + worker + " has no executor"));
    executor.destroyForcibly();
    executor.onExit().join();
  }

  @Override
  public void close() {
    Set<ProcessHandle> all = new LinkedHashSet<>(orphans);
    // Workers first: they start anew what ends under them.
    workers.forEach(worker -> all.add(worker.toHandle()));
    all.add(master.toHandle());
    workers.forEach(worker -> worker.descendants().forEach(all::add));
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  private void startWorker(int cores, String memory) throws IOException {
    int worker = workers.size();
    workers.add(
        start(
            "worker-" + worker,
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--host",
                LOOPBACK,
                "--port",
                "0",
                "--webui-port",
                "0",
                "--cores",
                Integer.toString(cores),
                "--memory",
                memory,
                "--work-dir",
                workFolder(worker).toString(),
                url)));
  }

  private Process start(String name, String mainClass, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Little to do, and that only once: threads of compilers and collectors take cores from others.
    command.addAll(List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // A busy machine is no lost worker; one that is killed shows at once by its closed connection.
    command.add("-Dspark.worker.timeout=1800");
    command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-cp", SPARK_HOME.resolve("jars") + "/*", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(name).toFile());
    Map<String, String> environment = builder.environment();
    // Executors inherit it; what they need must come from the application.
    environment.remove("OMP_NUM_THREADS");
    environment.put("SPARK_HOME", SPARK_HOME.toString());
    environment.put("SPARK_SCALA_VERSION", "2.12");
    environment.put("SPARK_LOCAL_IP", LOOPBACK);
    return builder.start();
  }

  private static Stream<ProcessHandle> executorsOf(Process worker) {
    return worker
        .descendants()
        .filter(process -> new ProcessView(process).commandLine().contains(EXECUTOR))
        .filter(ProcessHandle::isAlive);
  }

  private int registered() {
    return (int) REGISTERED.matcher(masterLog()).results().count();
  }

  private Optional<Matcher> find(Pattern pattern) {
    return Optional.of(pattern.matcher(masterLog())).filter(Matcher::find);
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private String masterLog() {
    try {
      return Files.readString(log("master"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T await(Process process, String what, Supplier<Optional<T>> condition)
      throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    try {
      while (System.nanoTime() < end) {
        Optional<T> result = condition.get();
        if (result.isPresent()) {
          return result.get();
        }
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("Cannot start the cluster: waited for " + what + "\n" + masterLog());
  }
}
