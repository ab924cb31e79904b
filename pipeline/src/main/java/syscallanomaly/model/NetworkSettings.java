package syscallanomaly.model;

import java.io.Serializable;
import java.util.List;

/**
 * The shape of the network.
 *
 * @param layers units of each LSTM layer, first to last; at least one layer
 * @param dropout probability of dropping a unit after each LSTM, 0 to below 1
 * @param embedding length of the learned vector of a call; 0: one-hot straight into the first LSTM
 */
public record NetworkSettings(List<Integer> layers, double dropout, int embedding)
    implements Serializable {
  /** Three LSTM layers of 64, 256 and 100 units, which read calls one-hot. */
  public static final NetworkSettings DEFAULT = new NetworkSettings(List.of(64, 256, 100), 0.2, 0);

  private static final long GATES = 4;

  /**
   * Number of trained numbers of such a network. An LSTM layer of n units with m inputs has 4 n (m
   * + n + 1): for each of its gates the weights of inputs and units, and a bias. Before it an
   * embedding has a vector for each symbol, after it softmax has weights and a bias for each.
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
