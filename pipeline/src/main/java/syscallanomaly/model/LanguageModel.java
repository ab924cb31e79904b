package syscallanomaly.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.layer.FastLayers;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.window.TraceSegment;
import syscallanomaly.window.WindowBatch;

/**
 * A network together with the way in which sequences become its input. It must not be used by two
 * threads at the same time.
 */
public final class LanguageModel {
  /** Largest number of predictions whose probabilities are in memory together. */
  public static final int PREDICTIONS_AT_A_TIME = 16_384;

  private final MultiLayerNetwork network;
  private final LstmImplementation lstm;

  public LanguageModel(MultiLayerNetwork network) {
    this(network, LstmImplementation.FAST);
  }

  /**
   * @param lstm implementation that computes the network's layers from now on; see {@link
   *     FastLayers#install}
   */
  public LanguageModel(MultiLayerNetwork network, LstmImplementation lstm) {
    this.network = FastLayers.install(network, lstm);
    this.lstm = lstm;
  }

  public MultiLayerNetwork network() {
    return network;
  }

  /** What computes the network's LSTM layers. */
  LstmImplementation lstm() {
    return lstm;
  }

  /** Number of calls that the model tells apart. */
  public int symbols() {
    return symbols(network);
  }

  private static int symbols(MultiLayerNetwork network) {
    return (int) network.getOutputLayer().getParam("b").length();
  }

  /** Whether the network looks calls up in an embedding; otherwise it reads them one-hot. */
  public static boolean hasEmbedding(MultiLayerNetwork network) {
    return network.getLayer(0).conf().getLayer() instanceof EmbeddingSequenceLayer;
  }

  /**
   * Whether the network predicts every call of a whole trace; otherwise it predicts the last call
   * of a window.
   */
  public static boolean readsTraces(MultiLayerNetwork network) {
    return network.getOutputLayer().conf().getLayer() instanceof RnnOutputLayer;
  }

  /**
   * Whether this model's network reads whole traces; see {@link #readsTraces(MultiLayerNetwork)}.
   */
  public boolean readsTraces() {
    return readsTraces(network);
  }

  /** The input array that a network reads for a segment of a batch of traces. */
  public static INDArray input(MultiLayerNetwork network, TraceSegment segment) {
    return hasEmbedding(network) ? segment.inputs() : segment.oneHotInputs(symbols(network));
  }

  /**
   * Predicts every call of each trace from all calls before it.
   *
   * @param traces vocabulary indices; traces of like length are predicted fastest
   * @return the predictions of each trace in the order given, one entry for each call
   */
  public List<Predictions> predictTraces(List<int[]> traces) {
    return new TracePredictor(this, PREDICTIONS_AT_A_TIME).predict(traces);
  }

  /**
   * Predicts the last call of each window from the calls before it.
   *
   * @param windows vocabulary indices; all windows have the same length
   * @return one entry for each window
   */
  public Predictions predict(List<int[]> windows) {
    int symbols = symbols();
    INDArray input =
        hasEmbedding(network)
            ? WindowBatch.indexContexts(windows)
            : WindowBatch.oneHotContexts(windows, symbols);
    INDArray output = network.output(input);
    INDArray rows = output.dup('c');
    float[] probabilities = rows.data().asFloat();
    // Java's collector sees small objects only, and would let their arrays outside the heap pile
    // up.
    for (INDArray array : List.of(rows, output, input)) {
      if (array.closeable()) {
        array.close();
      }
    }
    Predictions predictions = new Predictions(windows.size());
    for (int w = 0; w < windows.size(); w++) {
      int[] window = windows.get(w);
      predictions.set(w, probabilities, w * symbols, symbols, window[window.length - 1]);
    }
    return predictions;
  }

  /** The model as the bytes of a DL4J model file, without the state of its training. */
  public byte[] toBytes() {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ModelSerializer.writeModel(network, bytes, /* saveUpdater= */ false);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #toBytes} wrote. */
  public static LanguageModel fromBytes(byte[] bytes) {
    return fromBytes(bytes, LstmImplementation.FAST);
  }

  static LanguageModel fromBytes(byte[] bytes, LstmImplementation lstm) {
    NativeLibraries.load();
    try {
      return new LanguageModel(
          ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes), false), lstm);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
