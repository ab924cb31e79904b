package syscallanomaly.model.lstm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each test starts a Java of its own, because a module that is loaded stays. */
class VectorModuleTest {
  /** Prints the arithmetic that the LSTM takes. */
  static final class Chosen {
    private Chosen() {}

    public static void main(String[] args) {
      System.out.println(LstmArithmetic.fastest().getClass().getSimpleName());
    }
  }

  @Test
  void theVectorInstructionsComeWithoutAWarning() throws Exception {
    assertThat(output(VectorModule.OPTION)).isEqualTo("VectorArithmetic\n");
  }

  @Test
  void aModuleThatJavaHasLoadedServesToo() throws Exception {
    assertThat(output("--add-modules=jdk.incubator.vector"))
        .isEqualTo("WARNING: Using incubator modules: jdk.incubator.vector\nVectorArithmetic\n");
  }

  @Test
  void withoutTheOptionTheLstmTakesOpenBlas() throws Exception {
    assertThat(output()).isEqualTo("BlasArithmetic\n");
  }

  private static String output(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Chosen.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
