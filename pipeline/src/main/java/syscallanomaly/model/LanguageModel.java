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
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.window.TraceBatch;
import syscallanomaly.window.WindowBatch;

/**
 * A network together with the way in which windows or whole traces become its input. Not safe for
 * threads.
 */
public final class LanguageModel {
  public static final int PREDICTIONS_AT_A_TIME = 16_384;

  private final MultiLayerNetwork network;
  private final LstmImplementation lstm;

  public LanguageModel(MultiLayerNetwork network) {
    this(network, LstmImplementation.FAST);
  }

  /**
   * @param lstm computes the network's LSTM layers from now on
   */
  public LanguageModel(MultiLayerNetwork network, LstmImplementation lstm) {
    this.network = lstm.installIn(network);
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

  /** Whether the network looks calls up in an embedding, rather than taking them one-hot. */
  public static boolean hasEmbedding(MultiLayerNetwork network) {
    return network.getLayer(0).conf().getLayer() instanceof EmbeddingSequenceLayer;
  }

  /** Whether the network predicts every call of a whole trace, rather than the last of a window. */
  public static boolean readsTraces(MultiLayerNetwork network) {
    return network.getOutputLayer().conf().getLayer() instanceof RnnOutputLayer;
  }

  /** Likewise of this model's network. */
  public boolean readsTraces() {
    return readsTraces(network);
  }

  /** What a network reads of a batch of traces, or of a segment of one. */
  public static INDArray input(MultiLayerNetwork network, TraceBatch batch) {
    return hasEmbedding(network) ? batch.inputs() : batch.oneHotInputs(symbols(network));
  }

  /**
   * Scores every call of each trace, given all calls before it.
   *
   * @param traces vocabulary indices; best if of like length
   * @return for each trace, an entry a call
   */
  public List<Predictions> scoreTraces(List<int[]> traces) {
    return new TracePredictor(this, PREDICTIONS_AT_A_TIME).score(traces);
  }

  /**
   * Scores the last call of each window, given the calls before it.
   *
   * @param windows windows of equal length, vocabulary indices
   */
  public Predictions score(List<int[]> windows) {
    int symbols = symbols();
    INDArray output =
        network.output(
            hasEmbedding(network)
                ? WindowBatch.indexContexts(windows)
                : WindowBatch.oneHotContexts(windows, symbols));
    float[] probabilities = output.dup('c').data().asFloat();
    Predictions scores = new Predictions(windows.size());
    for (int w = 0; w < windows.size(); w++) {
      int[] window = windows.get(w);
      scores.set(w, probabilities, w * symbols, symbols, window[window.length - 1]);
    }
    return scores;
  }

  /** The model as the bytes of a DL4J model file, without the state of its training. */
  public byte[] toBytes() {
    return bytes(ModelContent.PARAMETERS);
  }

  /** Likewise with the updater's state, so that training can go on from it. */
  public byte[] toCheckpoint() {
    return bytes(ModelContent.PARAMETERS_AND_UPDATER);
  }

  private enum ModelContent {
    PARAMETERS,
    PARAMETERS_AND_UPDATER
  }

  private byte[] bytes(ModelContent content) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ModelSerializer.writeModel(network, bytes, content == ModelContent.PARAMETERS_AND_UPDATER);
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
    try {
      return new LanguageModel(
          ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes), false), lstm);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
