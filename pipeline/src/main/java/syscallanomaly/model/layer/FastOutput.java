package syscallanomaly.model.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import syscallanomaly.model.lstm.NativeValues;

/**
 * DL4J's output layer over time steps, without the copies that DL4J makes. With inputs X, weights
 * W, bias b and derivatives D of the loss with respect to the sums Z, where a row is a sequence in
 * a time step:
 *
 * <pre>{@code
 * Z = X W + b     dW = X' D     db = sum of D's rows     dX = D W'
 * }</pre>
 *
 * <p>The backward pass also computes the loss, so that the score needs no second forward pass. With
 * a mask, DL4J's own implementation computes the layer.
 */
final class FastOutput extends RnnOutputLayer {
  static final DataType TYPE = DataType.FLOAT;
  private static final long serialVersionUID = 1L;

  private float[] values = {};
  private float[] regrouped = {};

  /** Sum of the losses of the last backward pass; NaN if the input has changed since. */
  private double loss = Double.NaN;

  FastOutput(NeuralNetConfiguration configuration) {
    super(configuration, TYPE);
  }

  /** Whether the layer's settings are ones for which this class gives DL4J's results. */
  static boolean covers(RnnOutputLayer layer) {
    var settings = layer.layerConf();
    return layer.getParam(DefaultParamInitializer.WEIGHT_KEY).dataType() == TYPE
        && settings.getRnnDataFormat() == RNNFormat.NCW
        && settings.getIDropout() == null
        && settings.getWeightNoise() == null
        && settings.hasBias();
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    super.setInput(newInput, workspaces);
    loss = Double.NaN;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    if (maskArray != null) {
      return super.activate(training, workspaces);
    }
    assertInputSet(false);
    INDArray rows = rows(ArrayType.FF_WORKING_MEM, workspaces);
    // ND4J's softmax is several times as fast where the values of a row are neighbours.
    INDArray sums = sums(rows, ArrayType.ACTIVATIONS, 'c', workspaces);
    INDArray output = layerConf().getActivationFn().getActivation(sums, training);
    return output.reshape('c', input.size(2), input.size(0), output.size(1)).permute(1, 2, 0);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (maskArray != null) {
      return super.backpropGradient(epsilon, workspaces);
    }
    assertInputSet(true);
    INDArray rows = rows(ArrayType.BP_WORKING_MEM, workspaces);
    Pair<Double, INDArray> lossAndGradient =
        layerConf()
            .getLossFn()
            .computeGradientAndScore(
                getLabels2d(workspaces, ArrayType.BP_WORKING_MEM),
                sums(rows, ArrayType.BP_WORKING_MEM, 'f', workspaces),
                layerConf().getActivationFn(),
                null,
                false);
    loss = lossAndGradient.getFirst();
    INDArray delta = lossAndGradient.getSecond();
    INDArray weightGradient = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
    Nd4j.gemm(rows, delta, weightGradient, true, false, 1, 0);
    INDArray biasGradient = gradientViews.get(DefaultParamInitializer.BIAS_KEY);
    delta.sum(biasGradient, 0);
    Gradient gradient = new DefaultGradient();
    gradient.gradientForVariable().put(DefaultParamInitializer.WEIGHT_KEY, weightGradient);
    gradient.gradientForVariable().put(DefaultParamInitializer.BIAS_KEY, biasGradient);
    // DL4J computes dX' = W D', which rounds otherwise than D W'.
    INDArray weights = getParam(DefaultParamInitializer.WEIGHT_KEY);
    INDArray transposed =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, TYPE, new long[] {weights.size(0), delta.size(0)}, 'f');
    weights.mmuli(delta.transpose(), transposed);
    INDArray inputGradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, TYPE, input.shape(), 'f');
    transposeTimeSteps(transposed, inputGradient);
    return new Pair<>(gradient, inputGradient);
  }

  @Override
  public double computeScore(
      double regularisation, boolean training, LayerWorkspaceMgr workspaces) {
    if (Double.isNaN(loss)) {
      return super.computeScore(regularisation, training, workspaces);
    }
    score = (conf().isMiniBatch() ? loss / getInputMiniBatchSize() : loss) + regularisation;
    return score;
  }

  /** The input with a row for each sequence in each time step, shape [batch * time steps, size]. */
  private INDArray rows(ArrayType scope, LayerWorkspaceMgr workspaces) {
    long size = input.size(1);
    INDArray rows =
        workspaces.createUninitialized(
            scope, TYPE, new long[] {input.size(0) * input.size(2), size}, 'f');
    regroup(input, size, input.size(2), rows);
    return rows;
  }

  /** The sums Z, shape [batch * time steps, symbols]. */
  private INDArray sums(INDArray rows, ArrayType scope, char order, LayerWorkspaceMgr workspaces) {
    INDArray weights = getParam(DefaultParamInitializer.WEIGHT_KEY);
    long count = rows.size(0);
    long symbols = weights.size(1);
    INDArray sums;
    if (order == 'f') {
      sums = workspaces.createUninitialized(scope, TYPE, new long[] {count, symbols}, 'f');
      rows.mmuli(weights, sums);
    } else {
      // ND4J would copy a product that is not in Fortran order, so this computes Z' = W' X'.
      sums = workspaces.createUninitialized(scope, TYPE, new long[] {symbols, count}, 'f');
      sums = weights.transpose().mmuli(rows.transpose(), sums).transpose();
    }
    return sums.addiRowVector(getParam(DefaultParamInitializer.BIAS_KEY));
  }

  /**
   * Copies values of shape [batch, m, n] into an array as values of shape [batch, n, m], both in
   * Fortran order.
   */
  private void regroup(INDArray from, long m, long n, INDArray into) {
    int batch = Math.toIntExact(from.length() / (m * n));
    read(from);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        int source = (int) (i * m + j) * batch;
        int target = (int) (j * n + i) * batch;
        System.arraycopy(values, source, regrouped, target, batch);
      }
    }
    NativeValues.write(regrouped, into);
  }

  /**
   * Copies values of shape [size, batch * time steps] into an array of shape [batch, size, time
   * steps], both in Fortran order.
   */
  private void transposeTimeSteps(INDArray from, INDArray into) {
    int batch = Math.toIntExact(into.size(0));
    int size = Math.toIntExact(into.size(1));
    read(from);
    for (int first = 0; first < from.length(); first += batch * size) {
      int target = first;
      for (int column = 0; column < size; column++) {
        for (int row = 0; row < batch; row++) {
          regrouped[target++] = values[first + row * size + column];
        }
      }
    }
    NativeValues.write(regrouped, into);
  }

  private void read(INDArray from) {
    values = NativeValues.read(from, values);
    if (regrouped.length < from.length()) {
      regrouped = new float[Math.toIntExact(from.length())];
    }
  }
}
