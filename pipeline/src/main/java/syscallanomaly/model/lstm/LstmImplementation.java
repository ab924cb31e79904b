package syscallanomaly.model.lstm;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What computes the LSTM layers of a network; the results are the same but for rounding, and but
 * for DL4J's gradients where truncated back-propagation carries a state into a segment.
 */
public enum LstmImplementation {
  /** {@link FastLstm}. */
  FAST {
    @Override
    public MultiLayerNetwork installIn(MultiLayerNetwork network) {
      return FastLstm.install(network);
    }
  },

  /** DL4J's own layers as they are, to measure the other against. */
  DL4J {
    @Override
    public MultiLayerNetwork installIn(MultiLayerNetwork network) {
      return FastLstm.remove(network);
    }
  };

  /** Lets this compute all LSTM layers of a network; returns the network. */
  public abstract MultiLayerNetwork installIn(MultiLayerNetwork network);
}
