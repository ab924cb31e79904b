package syscallanomaly.model.lstm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyCompilationTest {
  /** Runs the early compilation to its end. */
  static final class Start {
    private Start() {}

    public static void main(String[] args) throws InterruptedException {
      EarlyCompilation.start().join();
    }
  }

  @Test
  void javaCompilesTheKernelWithItsVectorInstructions() throws Exception {
    String compiled =
        JavaProcess.output(
            Start.class, List.of(VectorModule.OPTION, "-XX:+PrintCompilation", "-Xbatch"));

    // Java's second compiler is level 4.
    assertThat(compiled.lines())
        .anyMatch(
            line ->
                line.matches(
                    ".* 4 +syscallanomaly\\.model\\.lstm\\.[A-Z][a-z]+Tile::multiplyAdd .*"))
        .anyMatch(
            line ->
                line.matches(
                    ".* 4 +syscallanomaly\\.model\\.lstm\\.VectorArithmetic::cellsBackward .*"));
  }

  @Test
  void noNativeLibraryIsLoaded() throws Exception {
    for (String option : List.of(VectorModule.OPTION, "-Dwithout=vectors")) {
      assertThat(JavaProcess.output(Start.class, List.of(option, "-Xlog:class+load:stdout")))
          .doesNotContain("org.bytedeco.javacpp.Loader");
    }
  }
}
