package syscallanomaly.model;

import java.io.Serializable;
import java.util.List;

/**
 * The shape of the network.
 *
 * @param layers number of units of each LSTM layer, first to last; at least one layer
 * @param dropout probability of dropping a unit after each LSTM, 0 to below 1
 * @param embedding length of the vector that is learned for each call; 0 if the first LSTM layer
 *     reads calls one-hot
 */
public record NetworkSettings(List<Integer> layers, double dropout, int embedding)
    implements Serializable {
  /** Largest number of units in a layer, and largest length of an embedding. */
  public static final int LARGEST_LAYER = 65_536;

  /**
   * Largest number of parameters. With so many, a worker has 400 MB of parameters, and several
   * arrays of that size.
   */
  public static final long MOST_PARAMETERS = 100_000_000;

  /** Three LSTM layers of 64, 256 and 100 units, which read calls one-hot. */
  public static final NetworkSettings DEFAULT = new NetworkSettings(List.of(64, 256, 100), 0.2, 0);

  private static final long GATES = 4;

  /**
   * Number of parameters of a network with these settings.
   *
   * <p>An LSTM layer of n units with m inputs has 4 n (m + n + 1) parameters. Each of its 4 gates
   * has weights for m inputs and n units, and a bias, for each unit. An embedding of length e has e
   * parameters for each symbol. The softmax after n units has n weights and a bias for each symbol.
   *
   * @param symbols size of the vocabulary
   */
  public long parameters(long symbols) {
    long count = embedding * symbols;
    long inputs = embedding == 0 ? symbols : embedding;
    for (long units : layers) {
      count += GATES * units * (inputs + units + 1);
      inputs = units;
    }
    return count + (inputs + 1) * symbols;
  }
}
