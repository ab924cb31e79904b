package syscallanomaly.model;

/**
 * What a model says of the last calls of a batch of windows.
 *
 * @param negativeLogLikelihood -ln of the probability that each got, nats, 0 to 23.03
 * @param rank number of calls that were more probable, 0 for the most probable one
 */
public record NextCallScores(float[] negativeLogLikelihood, int[] rank) {}
