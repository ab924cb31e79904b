package syscallanomaly.model.lstm;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The code that computes the LSTM layers of a network. Both implementations give the same results
 * up to rounding. One case differs: where truncated back-propagation carries a state from one
 * segment into the next, DL4J's gradients deviate.
 */
public enum LstmImplementation {
  /** This project's own implementation, {@link FastLstm}. */
  FAST {
    @Override
    public MultiLayerNetwork installIn(MultiLayerNetwork network) {
      return FastLstm.install(network);
    }
  },

  /**
   * The implementation that DL4J brings along; the reference that the fast one is measured against.
   */
  DL4J {
    @Override
    public MultiLayerNetwork installIn(MultiLayerNetwork network) {
      return FastLstm.remove(network);
    }
  };

  /**
   * Makes this implementation compute all LSTM layers of a network.
   *
   * @param network is changed in place
   * @return {@code network}
   */
  public abstract MultiLayerNetwork installIn(MultiLayerNetwork network);
}
