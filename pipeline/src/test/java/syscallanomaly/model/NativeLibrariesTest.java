package syscallanomaly.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Sgd;
import syscallanomaly.model.lstm.JavaProcess;
import syscallanomaly.window.SequenceKind;

/**
 * Whatever a process uses of ND4J first must load the codecs before JavaCPP. The hang that this
 * avoids needs two threads in the same microseconds, so the test looks at the order alone.
 */
class NativeLibrariesTest {
  private static final List<String> CODECS =
      List.of(
          "net.jpountz.lz4.LZ4JNI",
          "com.github.luben.zstd.util.Native",
          "org.xerial.snappy.SnappyNative");

  /** Does what its argument names. */
  static final class FirstUse {
    private FirstUse() {}

    public static void main(String[] args) {
      switch (args[0]) {
        case "load" -> NativeLibraries.load();
        case "windows" -> build(SequenceKind.WINDOWS);
        case "traces" -> build(SequenceKind.TRACES);
        case "model" ->
            assertThatThrownBy(() -> LanguageModel.fromBytes(new byte[0]))
                .isInstanceOf(RuntimeException.class);
        default -> throw new IllegalArgumentException(args[0]);
      }
    }

    private static void build(SequenceKind kind) {
      NetworkBuilder.build(
          new NetworkSettings(List.of(2), 0, 0), kind, 3, 2, new UpdateRule(new Sgd(1), 0), 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "windows", "traces", "model"})
  void theCodecsAreLoadedBeforeJavaCpp(String firstUse) throws Exception {
    String log = JavaProcess.output(FirstUse.class, List.of("-Xlog:class+load:stdout"), firstUse);

    List<String> loaded = new ArrayList<>();
    log.lines()
        .map(line -> line.replaceFirst("^\\[.*?class,load *\\] ", "").replaceFirst(" .*", ""))
        .filter(name -> CODECS.contains(name) || name.equals("org.bytedeco.javacpp.Loader"))
        .forEach(loaded::add);
    assertThat(loaded.subList(0, 3)).containsExactlyInAnyOrderElementsOf(CODECS);
    assertThat(loaded.get(3)).isEqualTo("org.bytedeco.javacpp.Loader");
  }
}
