package syscallanomaly.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Airflow with a home of its own: its commands, its services and its API. */
final class Airflow implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("target", "airflow", "bin").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST_SECONDS = 400;
  private static final long POLL_MILLIS = 200;

  private final Path home;
  private final int port;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<Process> started = new CopyOnWriteArrayList<>();
  private final List<Process> services = new ArrayList<>();

  /** Airflow's server loses the body of a request that asks for HTTP 2. */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private String token;

  /** What a command came to; the output has both streams. */
  record Result(int exitCode, String output) {}

  /** Whether there is an Airflow to test with. */
  static boolean isInstalled() {
    return Files.isExecutable(PROGRAMS.resolve("airflow"));
  }

  /**
   * Makes the database.
   *
   * @param home folder for database, logs and settings; its folder {@code dags} has the DAGs
   * @param more further variables of Airflow's environment
   */
  Airflow(Path home, Map<String, String> more) throws IOException, InterruptedException {
    this.home = home;
    this.port = freePort();
    String secret = "only-for-this-test-and-longer-than-sixty-four-bytes-to-please-the-signer";
    environment.putAll(
        Map.of(
            "AIRFLOW_HOME",
            home.toString(),
            "AIRFLOW__CORE__LOAD_EXAMPLES",
            "False",
            "AIRFLOW__CORE__PARALLELISM",
            "2",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS",
            "True",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
            "http://127.0.0.1:" + port + "/execution/",
            "AIRFLOW__API_AUTH__JWT_SECRET",
            secret,
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT",
            String.valueOf(freePort()),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT",
            String.valueOf(freePort()),
            "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK",
            "False"));
    environment.put("AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL", "5");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(more);
    // Whatever stops the tests, no service goes on.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    Result made = run("airflow", "db", "migrate");
    if (made.exitCode() != 0) {
      throw new IOException("Cannot make Airflow's database: " + made.output());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Runs a program of the environment, such as {@code airflow}, to its end. */
  Result run(String program, String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(home, "command", ".txt");
    Process process = start(output, program, arguments);
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      end(process);
      throw new IOException(program + " did not end: " + Files.readString(output));
    }
    return new Result(process.exitValue(), Files.readString(output));
  }

  private Process start(Path output, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAMS.resolve(program).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().remove("OMP_NUM_THREADS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** Starts scheduler, API server, DAG processor and triggerer, and waits until the API answers. */
  void startServices() throws IOException, InterruptedException {
    startService("api-server", "--host", "127.0.0.1", "--port", "" + port, "--workers", "1");
    await("the API", () -> health().isPresent());
    startService("scheduler");
    startService("dag-processor");
    startService("triggerer");
    HttpResponse<String> answer = send(request("/auth/token").GET());
    token = JSON.readTree(answer.body()).path("access_token").asText();
    await(
        "all services",
        () ->
            Stream.of("scheduler", "dag_processor", "triggerer")
                .allMatch(
                    name ->
                        health()
                            .orElseThrow()
                            .at("/" + name + "/status")
                            .asText()
                            .equals("healthy")));
  }

  private void startService(String... command) throws IOException {
    services.add(start(home.resolve(command[0] + ".txt"), "airflow", command));
  }

  private Optional<JsonNode> health() {
    try {
      return Optional.of(JSON.readTree(send(request("/api/v2/monitor/health").GET()).body()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json");
    return token == null ? builder : builder.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Asks the API. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(request("/api/v2/" + path).GET()).body());
  }

  /** Tells the API to do something; what it answers. */
  JsonNode post(String path, Object body) throws IOException, InterruptedException {
    HttpRequest.BodyPublisher content =
        HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    return JSON.readTree(send(request("/api/v2/" + path).POST(content)).body());
  }

  /** Something that is true at some time. */
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Waits until a condition holds. */
  void await(String what, Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!condition.holds()) {
      for (Process service : services) {
        if (!service.isAlive()) {
          throw new AssertionError("Waited for " + what + ", but " + service.info() + " ended");
        }
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("Waited in vain for " + what);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** What a task has logged, one message a line, with the messages of exceptions. */
  String log(String dag, String run, String task, int attempt) throws IOException {
    Path file =
        home.resolve(
            "logs/dag_id=%s/run_id=%s/task_id=%s/attempt=%d.log"
                .formatted(dag, run, task, attempt));
    StringBuilder messages = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      JsonNode entry = JSON.readTree(line);
      messages.append(entry.path("event").asText()).append('\n');
      for (JsonNode exception : entry.path("error_detail")) {
        messages.append(exception.path("exc_value").asText()).append('\n');
      }
    }
    return messages.toString();
  }

  /** Kills the one driver among the processes of the services whose command line has a text. */
  void killDriver(String text) {
    ProcessHandle driver =
        services.stream()
            .flatMap(service -> service.toHandle().descendants())
            .filter(process -> commandLine(process).contains("SparkSubmit"))
            .filter(process -> commandLine(process).contains(text))
            .findFirst()
            .orElseThrow();
    driver.destroyForcibly();
  }

  /** Of any length, unlike that of {@link ProcessHandle#info}. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
    } catch (IOException e) {
      // It has ended.
      return "";
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    all.forEach(one -> one.onExit().join());
  }

  /** Ends all services at once: a scheduler that is asked to end waits for its tasks. */
  @Override
  public void close() {
    started.forEach(Airflow::end);
  }
}
