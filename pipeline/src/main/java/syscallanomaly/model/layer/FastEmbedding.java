package syscallanomaly.model.layer;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.embedding.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.lstm.NativeValues;

/**
 * DL4J's embedding of sequences, computed on heap arrays. In time step t, sequence b has the index
 * k(b, t), and its output is row k(b, t) of the weights W. The gradient of row k is the sum of the
 * output's gradients over all b and t with k(b, t) = k. They are added in DL4J's order, first by b
 * and then by t, so that not even the last bit differs.
 *
 * <p>With a mask, DL4J's own implementation computes the layer.
 */
final class FastEmbedding extends EmbeddingSequenceLayer {
  static final DataType TYPE = DataType.FLOAT;
  private static final long serialVersionUID = 1L;

  /** Index of each sequence in each time step, at {@code timeStep * batch + sequence}. */
  private int[] indices = {};

  private float[] weights = {};
  private float[] values = {};

  /** Gradients of one column of the output, at {@code sequence * timeSteps + timeStep}. */
  private float[] ofColumn = {};

  FastEmbedding(NeuralNetConfiguration configuration) {
    super(configuration, TYPE);
  }

  /** Whether the layer's settings are ones for which this class gives DL4J's results. */
  static boolean covers(EmbeddingSequenceLayer layer) {
    var settings = layer.layerConf();
    return layer.getParam(DefaultParamInitializer.WEIGHT_KEY).dataType() == TYPE
        && settings.getActivationFn() instanceof ActivationIdentity
        && settings.getOutputFormat() == RNNFormat.NCW
        && settings.isInferInputLength()
        && !settings.hasBias();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    if (maskArray != null) {
      return super.activate(training, workspaces);
    }
    assertInputSet(false);
    int batch = Math.toIntExact(input.size(0));
    int timeSteps = Math.toIntExact(input.length() / batch);
    int rows = rows();
    int columns = columns();
    weights = NativeValues.read(getParam(DefaultParamInitializer.WEIGHT_KEY), weights);
    readIndices(rows);
    values = atLeast(values, batch * columns * timeSteps);
    int to = 0;
    for (int timeStep = 0; timeStep < timeSteps; timeStep++) {
      int first = timeStep * batch;
      for (int column = 0; column < columns; column++) {
        for (int cell = first; cell < first + batch; cell++) {
          values[to++] = weights[column * rows + indices[cell]];
        }
      }
    }
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, TYPE, new long[] {batch, columns, timeSteps}, 'f');
    NativeValues.write(values, output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (maskArray != null) {
      return super.backpropGradient(epsilon, workspaces);
    }
    assertInputSet(true);
    int batch = Math.toIntExact(epsilon.size(0));
    int timeSteps = Math.toIntExact(epsilon.size(2));
    int rows = rows();
    int columns = columns();
    values = NativeValues.read(epsilon, values);
    // The backward pass needs the weights no longer, so their array takes the gradient.
    Arrays.fill(weights, 0, rows * columns, 0f);
    ofColumn = atLeast(ofColumn, batch * timeSteps);
    for (int column = 0; column < columns; column++) {
      addColumn(column, batch, timeSteps);
    }
    INDArray view = gradientViews.get(DefaultParamInitializer.WEIGHT_KEY);
    NativeValues.write(weights, view);
    Gradient gradient = new DefaultGradient();
    gradient.gradientForVariable().put(DefaultParamInitializer.WEIGHT_KEY, view);
    return new Pair<>(gradient, null);
  }

  /** Adds the output's gradients of one column to that column of the weights' gradient. */
  private void addColumn(int column, int batch, int timeSteps) {
    int columns = columns();
    int start = column * rows();
    // Regrouping first keeps the reads adjacent: a column of a mini-batch fits into the cache.
    for (int timeStep = 0; timeStep < timeSteps; timeStep++) {
      int from = (timeStep * columns + column) * batch;
      for (int row = 0; row < batch; row++) {
        ofColumn[row * timeSteps + timeStep] = values[from + row];
      }
    }
    int at = 0;
    for (int row = 0; row < batch; row++) {
      for (int timeStep = 0; timeStep < timeSteps; timeStep++) {
        weights[start + indices[timeStep * batch + row]] += ofColumn[at++];
      }
    }
  }

  private int rows() {
    return Math.toIntExact(layerConf().getNIn());
  }

  private int columns() {
    return Math.toIntExact(layerConf().getNOut());
  }

  private void readIndices(int rows) {
    values = NativeValues.read(input, values);
    int count = Math.toIntExact(input.length());
    if (indices.length < count) {
      indices = new int[count];
    }
    for (int cell = 0; cell < count; cell++) {
      int index = (int) values[cell];
      if (index < 0 || index >= rows) {
        throw new DL4JInvalidInputException(
            "Cannot look up index %d in an embedding: it has the indices 0 to %d"
                .formatted(index, rows - 1));
      }
      indices[cell] = index;
    }
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }
}
