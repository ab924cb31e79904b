package syscallanomaly.model;

import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How a network's parameters are updated.
 *
 * @param updater DL4J's optimiser, with its learning rate
 * @param gradientNormLimit largest Euclidean norm of a layer's mean gradient, at least 0; a larger
 *     gradient is scaled down to this norm. 0 means no limit
 */
public record UpdateRule(IUpdater updater, double gradientNormLimit) {}
