package syscallanomaly.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.lstm.LstmImplementation;
import syscallanomaly.window.WindowBatch;

/** A network together with the way in which windows become its input. Not safe for threads. */
public final class LanguageModel {
  /** Probabilities below it count as it, so that a call never seen has a finite surprise. */
  static final double SMALLEST_PROBABILITY = 1e-10;

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
    return (int) network.getOutputLayer().getParam("b").length();
  }

  /** Whether the network looks calls up in an embedding, rather than taking them one-hot. */
  public static boolean hasEmbedding(MultiLayerNetwork network) {
    return network.getLayer(0).conf().getLayer() instanceof EmbeddingSequenceLayer;
  }

  /**
   * Scores the last call of each window, given the calls before it.
   *
   * @param windows windows of equal length, vocabulary indices
   */
  public NextCallScores score(List<int[]> windows) {
    int symbols = symbols();
    INDArray output =
        network.output(
            hasEmbedding(network)
                ? WindowBatch.indexContexts(windows)
                : WindowBatch.oneHotContexts(windows, symbols));
    float[] probabilities = output.dup('c').data().asFloat();
    float[] surprise = new float[windows.size()];
    int[] rank = new int[windows.size()];
    for (int w = 0; w < windows.size(); w++) {
      int[] window = windows.get(w);
      int row = w * symbols;
      float probability = probabilities[row + window[window.length - 1]];
      surprise[w] = (float) -Math.log(Math.max(probability, SMALLEST_PROBABILITY));
      for (int s = 0; s < symbols; s++) {
        if (probabilities[row + s] > probability) {
          rank[w]++;
        }
      }
    }
    return new NextCallScores(surprise, rank);
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
