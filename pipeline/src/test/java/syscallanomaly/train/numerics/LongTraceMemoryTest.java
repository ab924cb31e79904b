package syscallanomaly.train.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.Updates.rmsProp;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.model.lstm.FastLstm;
import syscallanomaly.window.TraceBatch;

/** Trains and predicts in a Java process with little memory. */
class LongTraceMemoryTest {
  private static final int LONGEST = 200_000;
  private static final int SHORT_TRACES = 255;

  /**
   * Padded to the longest, the traces have 51 million cells, which are 205 MB in each of three
   * arrays.
   */
  @Test
  void aLongTraceAmongManyShortOnesNeedsLittleMemory() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Xmx"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx160m",
            "-Dorg.bytedeco.javacpp.maxbytes=128m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SmallProcess.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("trained " + (LONGEST + SHORT_TRACES) + ", predicted " + LONGEST);
  }

  /** What the small process does. */
  static final class SmallProcess {
    private SmallProcess() {}

    public static void main(String[] arguments) {
      MultiLayerNetwork network =
          FastLstm.install(
              NetworkBuilder.buildForTraces(
                  new NetworkSettings(List.of(2), 0, 2), 4, 250, rmsProp(0.001), 1));
      List<int[]> traces = new ArrayList<>(Collections.nCopies(SHORT_TRACES, new int[] {3}));
      traces.add(0, new int[LONGEST]);
      float[] weights = new float[traces.size()];
      Arrays.fill(weights, 1);
      TraceBatch batch = TraceBatch.of(TraceBatch.of(traces, weights).toDataSet());
      double trained =
          TruncatedBackPropagation.fit(network, batch, WeightedLoss.of(network)).predictions();
      int predicted = new LanguageModel(network).predictTraces(traces).get(0).rank().length;
      System.out.println("trained " + (long) trained + ", predicted " + predicted);
    }
  }
}
