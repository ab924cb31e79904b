package syscallanomaly.model;

/**
 * What the workers' time in scoring went into, summed over all workers.
 *
 * @param computeSeconds in batches of windows or traces
 * @param productSeconds the part of it in the LSTM layers' matrix products; 0 where DL4J's own
 *     layers computed, which do not measure it
 */
public record ScoringTime(double computeSeconds, double productSeconds) {}
