package syscallanomaly.train.epoch;

import java.io.Serializable;

/**
 * A window or whole trace to train on.
 *
 * @param window vocabulary indices
 * @param weight of its loss; 1 on average over the training set
 */
public record WeightedSequence(int[] window, float weight) implements Serializable {}
