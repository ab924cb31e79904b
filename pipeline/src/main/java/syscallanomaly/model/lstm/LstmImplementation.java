package syscallanomaly.model.lstm;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What computes the LSTM layers of a network. A user chooses {@link #DL4J} to compare speed or
 * results with the library's own kernel, {@link #FAST}, which everything else uses.
 *
 * <p>Both read and write the same parameters, in DL4J's order, so that a model trained with one can
 * be used with the other. Their results are the same but for rounding, and but for DL4J's gradients
 * where truncated back-propagation carries a state into a segment: these are wrong, so that whole
 * traces are to be trained with {@link #FAST} alone.
 */
public enum LstmImplementation {
  /** The kernel of {@link FastLstm}, which measures its matrix products too. */
  FAST {
    @Override
    public MultiLayerNetwork installIn(MultiLayerNetwork network) {
      return FastLstm.install(network);
    }
  },

  /** DL4J's own layers as they are. */
  DL4J {
    @Override
    public MultiLayerNetwork installIn(MultiLayerNetwork network) {
      return FastLstm.remove(network);
    }
  };

  /** Lets this compute all LSTM layers of a network, in place; returns the network. */
  public abstract MultiLayerNetwork installIn(MultiLayerNetwork network);
}
