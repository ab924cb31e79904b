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
    implements Serializable {}
