package syscallanomaly.jobs.benchmark.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs DL4J alone in a Java process with its own choice of native threads. ND4J reads
 * OMP_NUM_THREADS when it starts, and this program sets that variable.
 *
 * <p>The process has the class path and the options of this process. Order of use:
 *
 * <ol>
 *   <li>{@link #start} gives it a file with the network and the windows.
 *   <li>{@link #train} sends it one line on standard input. It trains a new network and answers
 *       with one line of JSON.
 *   <li>{@link #close} ends its input, and with it the process.
 * </ol>
 */
final class Dl4jProcess implements AutoCloseable {
  private static final String THREADS = "OMP_NUM_THREADS";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRAIN = "train\n";
  private static final String ANSWER = "{";
  private static final long PATIENCE_SECONDS = 10;

  /**
   * Java option that limits the heap. The network's arrays lie outside the heap, so it can be
   * small.
   */
  private static final String HEAP = "-Xmx512m";

  private final Path folder;
  private final Path messages;
  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  private Dl4jProcess(Path folder, Path messages, Process process) {
    this.folder = folder;
    this.messages = messages;
    this.process = process;
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** The work that the process receives. */
  record Task(Dl4jTraining training, List<int[]> windows) {}

  /**
   * Starts the process.
   *
   * @param training what to train, and how
   * @param windows vocabulary indices
   */
  static Dl4jProcess start(Dl4jTraining training, List<int[]> windows) {
    try {
      Path folder = Files.createTempDirectory("syscall-anomaly-dl4j");
      Path task = folder.resolve("task.json");
      Path messages = folder.resolve("messages.txt");
      JSON.writeValue(task.toFile(), new Task(training, windows));
      ProcessBuilder builder = new ProcessBuilder(command(task)).redirectError(messages.toFile());
      builder.environment().remove(THREADS);
      return new Dl4jProcess(folder, messages, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot start a Java to measure DL4J in: " + e.getMessage(), e);
    }
  }

  private static List<String> command(Path task) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        // A debugger or profiler of this process is not the other's.
        .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agent"))
        .forEach(command::add);
    command.add(HEAP);
    command.addAll(List.of("-cp", classPath(), Dl4jProcess.class.getName(), task.toString()));
    return command;
  }

  /** Returns the class path of this process, including what spark-submit added. */
  private static String classPath() {
    return Stream.concat(
            Stream.of(System.getProperty("java.class.path")),
            added(Thread.currentThread().getContextClassLoader()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<String> added(ClassLoader loader) {
    return loader instanceof URLClassLoader urls
        ? Stream.of(urls.getURLs())
            .map(URL::toString)
            .filter(url -> url.startsWith("file:"))
            .map(url -> Path.of(URI.create(url)).toString())
        : Stream.empty();
  }

  /** Lets the process train a new network once on each window. */
  Dl4jTraining.Outcome train() {
    try {
      questions.write(TRAIN);
      questions.flush();
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        // Libraries may say something too.
        if (line.startsWith(ANSWER)) {
          return JSON.readValue(line, Dl4jTraining.Outcome.class);
        }
      }
      throw new IOException("it ended; " + lastMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot measure DL4J in a Java of its own: " + e.getMessage(), e);
    }
  }

  private String lastMessage() throws IOException {
    List<String> lines = Files.readAllLines(messages);
    return lines.isEmpty() ? "it said nothing" : "it said last: " + lines.get(lines.size() - 1);
  }

  @Override
  public void close() {
    try {
      // The end of its input ends it.
      questions.close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      answers.close();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The main method of the process.
   *
   * @param args the name of the file with the task
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Task task = JSON.readValue(new File(args[0]), Task.class);
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (questions.readLine() != null) {
      answers.println(JSON.writeValueAsString(task.training().train(task.windows().iterator())));
    }
  }
}
