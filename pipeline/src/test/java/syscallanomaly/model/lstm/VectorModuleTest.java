package syscallanomaly.model.lstm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
    return JavaProcess.output(Chosen.class, List.of(options));
  }
}
