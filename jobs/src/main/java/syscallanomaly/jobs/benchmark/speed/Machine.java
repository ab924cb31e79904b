package syscallanomaly.jobs.benchmark.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import syscallanomaly.jobs.benchmark.TextTable;
import syscallanomaly.model.lstm.FastLstm;

/**
 * The machine that the driver runs on.
 *
 * @param cores number of cores that Java may use
 * @param processor name of the CPU
 * @param jvm name and version of the Java virtual machine
 * @param vectorBits width of the fast LSTM's vector instructions; 0 if there are none
 * @param nativeThreads number of OpenBLAS threads in a worker, as the program was started
 * @param parallelism Spark's default parallelism
 */
public record Machine(
    int cores, String processor, String jvm, int vectorBits, int nativeThreads, int parallelism) {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  /**
   * Describes this machine.
   *
   * @param parallelism Spark's default parallelism
   */
  public static Machine here(int parallelism) {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processorName(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        FastLstm.vectorBits(),
        NativeThreads.now(),
        parallelism);
  }

  /**
   * The machine in one line.
   *
   * @param more what else is to be said of it
   */
  public String line(String more) {
    return TextTable.cell(
        "%s, %d cores, Spark parallelism %d, %s, %s", processor, cores, parallelism, more, jvm);
  }

  private static String processorName() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(CPU)) {
      return architecture;
    }
    try {
      return Files.readAllLines(CPU).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }
}
