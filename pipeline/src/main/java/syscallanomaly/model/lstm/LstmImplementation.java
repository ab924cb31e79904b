package syscallanomaly.model.lstm;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The code that computes the LSTM layers of a network. A user chooses {@link #DL4J} to compare
 * speed or results with this library's own kernel, {@link #FAST}, which everything else uses.
 *
 * <p>Both read and write the same parameters in DL4J's order, so that a model trained with one can
 * be used with the other. They give the same results up to rounding. One case differs: where
 * truncated back-propagation carries a state from one segment into the next, DL4J's gradients are
 * wrong. So whole traces must be trained with {@link #FAST}.
 */
public enum LstmImplementation {
  /** This project's own kernel, {@link FastLstm}, which measures its matrix products too. */
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
