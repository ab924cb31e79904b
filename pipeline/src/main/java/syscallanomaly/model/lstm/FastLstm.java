package syscallanomaly.model.lstm;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.FwdPassReturn;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.LSTMHelper;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fast LSTM for DL4J on the CPU. It works behind DL4J's own LSTM layers as their helper:
 * networks, their files and the code that trains them stay DL4J's.
 *
 * <p>One helper serves one layer. DL4J repeats the forward pass before it goes backward; the helper
 * recognises the repetition and skips it. The helper does not support other activations than tanh
 * and sigmoid, other number types than single precision, and masks within the layer as
 * bidirectional layers set them. DL4J's own implementation computes these, and the log says so
 * once.
 *
 * <pre>{@code
 * MultiLayerNetwork network = FastLstm.install(new MultiLayerNetwork(configuration));
 * }</pre>
 */
public final class FastLstm implements LSTMHelper {
  private static final Logger LOG = LoggerFactory.getLogger(FastLstm.class);
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private final boolean firstLayer;
  private LstmKernel kernel;
  private INDArray lastInput;
  private float[] inputValues = {};
  private float[] outputValues = {};
  private LstmParameters parameters = LstmParameters.ofSize(0, 0);

  private FastLstm(boolean firstLayer) {
    this.firstLayer = firstLayer;
  }

  /**
   * Makes all LSTM layers of a network fast.
   *
   * @param network is changed in place
   * @return {@code network}
   */
  public static MultiLayerNetwork install(MultiLayerNetwork network) {
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      if (unwrapped(layers[i]) instanceof LSTM lstm && !(lstm.getHelper() instanceof FastLstm)) {
        setHelper(lstm, new FastLstm(i == 0));
      }
    }
    return network;
  }

  /**
   * Returns all LSTM layers of a network to DL4J's own implementation.
   *
   * @param network is changed in place
   * @return {@code network}
   */
  static MultiLayerNetwork remove(MultiLayerNetwork network) {
    for (Layer layer : network.getLayers()) {
      if (unwrapped(layer) instanceof LSTM lstm) {
        setHelper(lstm, null);
      }
    }
    return network;
  }

  /**
   * Width in bits of the vector instructions that the kernel uses on this machine; 0 if this Java
   * virtual machine offers the kernel none.
   */
  public static int vectorBits() {
    return LstmArithmetic.fastest() instanceof VectorArithmetic vectors
        ? vectors.lanes() * Float.SIZE
        : 0;
  }

  /** Nanoseconds that the fast LSTM layers of a network have spent in matrix products. */
  public static long productNanos(MultiLayerNetwork network) {
    long nanos = 0;
    for (Layer layer : network.getLayers()) {
      if (unwrapped(layer) instanceof LSTM lstm
          && lstm.getHelper() instanceof FastLstm fast
          && fast.kernel != null) {
        nanos += fast.kernel.productNanos();
      }
    }
    return nanos;
  }

  private static Layer unwrapped(Layer layer) {
    return layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer;
  }

  /**
   * Sets a private field, because DL4J itself only looks for a CUDA helper and has no method that
   * installs another one.
   */
  private static void setHelper(LSTM layer, LSTMHelper helper) {
    try {
      Field field = LSTM.class.getDeclaredField("helper");
      field.setAccessible(true);
      field.set(layer, helper);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Cannot install the fast LSTM: DL4J's LSTM layer has no field 'helper' that can be set; use the"
              + " DL4J release that the build pins",
          e);
    }
  }

  @Override
  public FwdPassReturn activate(
      Layer layer,
      NeuralNetConfiguration configuration,
      IActivation gateActivation,
      INDArray input,
      INDArray recurrentWeights,
      INDArray inputWeights,
      INDArray biases,
      boolean training,
      INDArray previousOutput,
      INDArray previousCell,
      boolean forBackprop,
      boolean forwards,
      String inputWeightKey,
      INDArray mask,
      boolean peepholes,
      LayerWorkspaceMgr workspaces) {
    IActivation activation = ((BaseLayer) configuration.getLayer()).getActivationFn();
    if (!checkSupported(gateActivation, activation, peepholes)
        || !covers("a mask within the layer", mask == null)
        || !covers("a layer that runs backwards in time", forwards)
        || !covers("numbers of type " + input.dataType(), input.dataType() == DataType.FLOAT)) {
      return null;
    }
    int batch = (int) input.size(0);
    int inputs = (int) inputWeights.size(0);
    int units = (int) recurrentWeights.size(0);
    int timeSteps = (int) input.size(2);
    boolean alreadyDone = forBackprop && isLast(input);
    if (!alreadyDone) {
      prepare(batch, inputs, units, timeSteps);
      NativeValues.read(inputWeights, parameters.inputWeights());
      NativeValues.read(recurrentWeights, parameters.recurrentWeights());
      NativeValues.read(biases, parameters.bias());
      inputValues = NativeValues.read(input, inputValues);
      kernel.forward(
          parameters,
          firstLayer
              ? LstmInput.of(inputValues, batch, inputs, timeSteps)
              : LstmInput.dense(inputValues),
          batch,
          timeSteps,
          previousCell == null ? null : state(previousOutput, previousCell),
          outputValues);
    }
    lastInput = training && !forBackprop ? input : null;
    FwdPassReturn pass = new KernelPass();
    if (!forBackprop) {
      pass.fwdPassOutput =
          workspaces.createUninitialized(
              ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {batch, units, timeSteps}, 'f');
      NativeValues.write(outputValues, pass.fwdPassOutput);
    }
    ArrayType scope = forBackprop ? ArrayType.BP_WORKING_MEM : ArrayType.FF_WORKING_MEM;
    LstmState after = kernel.stateAfter();
    pass.lastAct = stateArray(after.output(), batch, units, scope, workspaces);
    pass.lastMemCell = stateArray(after.cell(), batch, units, scope, workspaces);
    return pass;
  }

  /** Marks a forward pass that the kernel computed; the kernel holds its values. */
  private static final class KernelPass extends FwdPassReturn {}

  private boolean isLast(INDArray input) {
    return lastInput == input;
  }

  private void prepare(int batch, int inputs, int units, int timeSteps) {
    if (kernel == null || kernel.inputs() != inputs || kernel.units() != units) {
      kernel = new LstmKernel(inputs, units, LstmArithmetic.fastest());
      parameters = LstmParameters.ofSize(inputs, units);
    }
    if (outputValues.length < batch * units * timeSteps) {
      outputValues = new float[batch * units * timeSteps];
    }
  }

  private static LstmState state(INDArray output, INDArray cell) {
    return new LstmState(
        NativeValues.read(output, new float[0]), NativeValues.read(cell, new float[0]));
  }

  private static INDArray stateArray(
      float[] values, int batch, int units, ArrayType scope, LayerWorkspaceMgr workspaces) {
    INDArray array =
        workspaces.createUninitialized(scope, DataType.FLOAT, new long[] {batch, units}, 'f');
    NativeValues.write(values, array);
    return array;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      NeuralNetConfiguration configuration,
      IActivation gateActivation,
      INDArray input,
      INDArray recurrentWeights,
      INDArray inputWeights,
      INDArray epsilon,
      boolean truncated,
      int truncationLength,
      FwdPassReturn pass,
      boolean forwards,
      String inputWeightKey,
      String recurrentWeightKey,
      String biasKey,
      Map<String, INDArray> gradientViews,
      INDArray mask,
      boolean peepholes,
      LayerWorkspaceMgr workspaces) {
    if (!(pass instanceof KernelPass)) {
      return null;
    }
    int timeSteps = (int) input.size(2);
    outputValues = NativeValues.read(epsilon, outputValues);
    // The backward pass needs the parameters no longer, so their arrays take the gradients.
    kernel.backward(
        truncated ? Math.max(0, timeSteps - truncationLength) : 0,
        outputValues,
        parameters,
        inputValues);
    Gradient gradient = new DefaultGradient();
    keep(gradient, inputWeightKey, gradientViews, parameters.inputWeights());
    keep(gradient, recurrentWeightKey, gradientViews, parameters.recurrentWeights());
    keep(gradient, biasKey, gradientViews, parameters.bias());
    if (firstLayer) {
      // No layer lies below that needs the derivatives; DL4J's embedding layer returns none either.
      return new Pair<>(gradient, null);
    }
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'f');
    NativeValues.write(inputValues, inputGradient);
    return new Pair<>(gradient, inputGradient);
  }

  private static void keep(
      Gradient gradient, String key, Map<String, INDArray> views, float[] values) {
    INDArray view = views.get(key);
    NativeValues.write(values, view);
    gradient.gradientForVariable().put(key, view);
  }

  @Override
  public boolean checkSupported() {
    return true;
  }

  @Override
  public boolean checkSupported(
      IActivation gateActivation, IActivation activation, boolean peepholes) {
    return covers(
            "the gate activation " + gateActivation, gateActivation instanceof ActivationSigmoid)
        && covers("the cell activation " + activation, activation instanceof ActivationTanH)
        && covers("peephole connections", !peepholes);
  }

  private static boolean covers(String what, boolean covered) {
    if (!covered && SAID.add(what)) {
      LOG.warn("The fast LSTM does not support {}: DL4J's own LSTM computes this layer", what);
    }
    return covered;
  }

  @Override
  public Map<String, Long> helperMemoryUse() {
    return Map.of();
  }
}
