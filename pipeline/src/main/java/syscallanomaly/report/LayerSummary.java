package syscallanomaly.report;

/**
 * One layer of the network.
 *
 * @param type the layer's kind, such as {@code LSTM}
 * @param output shape of what it hands on, such as {@code 20 × 64}
 * @param parameters number of trained parameters
 */
public record LayerSummary(String name, String type, String output, long parameters) {}
