package syscallanomaly.model.lstm;

import java.util.Arrays;

/**
 * Lets Java compile the LSTM before it is needed.
 *
 * <p>Until Java has compiled the kernel, each vector instruction is a call that allocates an
 * object. A training of a few seconds spends much of its time that way. While Spark starts, a core
 * has little to do, so the kernel can compute made-up sequences there.
 */
public final class EarlyCompilation {
  private static final int ROUNDS = 20;
  private static final int INPUTS = 32;
  private static final int UNITS = 64;
  private static final int TIME_STEPS = 20;

  private EarlyCompilation() {}

  /**
   * Starts it in a thread of its own, which ends by itself. It loads no native library: ND4J's must
   * not be loaded while Spark loads others.
   *
   * @return the thread; it does not keep Java from ending
   */
  public static Thread start() {
    Thread thread = new Thread(EarlyCompilation::compute, "early compilation of the LSTM");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void compute() {
    if (!VectorModule.isPresent()) {
      return;
    }
    LstmArithmetic arithmetic = new VectorArithmetic();
    // With these sizes, each tile of AVX-512 has work.
    int rows = 2 * arithmetic.spareRows();
    LstmParameters parameters = LstmParameters.ofSize(INPUTS, UNITS);
    float[] inputs = new float[rows * INPUTS * TIME_STEPS];
    int[] symbols = new int[rows * TIME_STEPS];
    Arrays.setAll(symbols, i -> i % INPUTS);
    float[] outputs = new float[rows * UNITS * TIME_STEPS];
    LstmKernel kernel = new LstmKernel(INPUTS, UNITS, arithmetic);
    for (int round = 0; round < ROUNDS; round++) {
      for (LstmInput input :
          new LstmInput[] {LstmInput.dense(inputs), new LstmInput(inputs, symbols)}) {
        kernel.forward(parameters, input, rows, TIME_STEPS, null, outputs);
        kernel.backward(0, outputs, parameters, inputs);
      }
    }
  }
}
