package syscallanomaly.model.lstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Derivatives against differences of the loss. */
class LstmKernelTest {
  private static final int BATCH = 3;
  private static final int INPUTS = 5;
  private static final int UNITS = 4;
  private static final int STEPS = 6;
  private static final float STEP = 1e-2f;

  static Stream<LstmArithmetic> all() {
    return Stream.of(new VectorArithmetic(), new BlasArithmetic());
  }

  private final Random random = new Random(5);
  private final LstmParameters parameters =
      new LstmParameters(
          numbers(INPUTS * 4 * UNITS), numbers(UNITS * 4 * UNITS), numbers(4 * UNITS));
  private final float[] weightsOfLoss = numbers(BATCH * UNITS * STEPS);
  private final LstmState before = new LstmState(numbers(BATCH * UNITS), numbers(BATCH * UNITS));

  @ParameterizedTest
  @MethodSource("all")
  void derivativesForDenseInputAreSlopesOfTheLoss(LstmArithmetic arithmetic) {
    float[] values = numbers(BATCH * INPUTS * STEPS);
    LstmKernel kernel = new LstmKernel(INPUTS, UNITS, arithmetic);
    DoubleSupplier loss = () -> loss(kernel, LstmInput.dense(values));
    assertThat(loss.getAsDouble()).isNotZero();
    LstmParameters gradient = LstmParameters.ofSize(INPUTS, UNITS);
    float[] inputGradient = new float[values.length];
    kernel.backward(0, weightsOfLoss, gradient, inputGradient);

    assertSlopes(parameters.inputWeights(), gradient.inputWeights(), loss);
    assertSlopes(parameters.recurrentWeights(), gradient.recurrentWeights(), loss);
    assertSlopes(parameters.bias(), gradient.bias(), loss);
    assertSlopes(values, inputGradient, loss);
  }

  @ParameterizedTest
  @MethodSource("all")
  void derivativesForOneHotInputAreSlopesOfTheLoss(LstmArithmetic arithmetic) {
    float[] values = new float[BATCH * INPUTS * STEPS];
    for (int step = 0; step < STEPS; step++) {
      for (int row = 0; row < BATCH; row++) {
        values[(step * INPUTS + random.nextInt(INPUTS)) * BATCH + row] = 1;
      }
    }
    LstmInput input = LstmInput.of(values, BATCH, INPUTS, STEPS);
    assertThat(input.symbols()).isNotNull();
    LstmKernel kernel = new LstmKernel(INPUTS, UNITS, arithmetic);
    DoubleSupplier loss = () -> loss(kernel, input);
    assertThat(loss.getAsDouble()).isNotZero();
    LstmParameters gradient = LstmParameters.ofSize(INPUTS, UNITS);
    kernel.backward(0, weightsOfLoss, gradient, new float[0]);

    assertSlopes(parameters.inputWeights(), gradient.inputWeights(), loss);
    assertSlopes(parameters.recurrentWeights(), gradient.recurrentWeights(), loss);
    assertSlopes(parameters.bias(), gradient.bias(), loss);
  }

  private double loss(LstmKernel kernel, LstmInput input) {
    float[] output = new float[BATCH * UNITS * STEPS];
    kernel.forward(parameters, input, BATCH, STEPS, before, output);
    double loss = 0;
    for (int i = 0; i < output.length; i++) {
      loss += output[i] * weightsOfLoss[i];
    }
    return loss;
  }

  private static void assertSlopes(float[] variables, float[] gradient, DoubleSupplier loss) {
    for (int i = 0; i < variables.length; i++) {
      float value = variables[i];
      variables[i] = value + STEP;
      double above = loss.getAsDouble();
      variables[i] = value - STEP;
      double below = loss.getAsDouble();
      variables[i] = value;
      assertThat((double) gradient[i]).isCloseTo((above - below) / (2 * STEP), within(1e-3));
    }
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 2 * random.nextFloat() - 1;
    }
    return numbers;
  }
}
