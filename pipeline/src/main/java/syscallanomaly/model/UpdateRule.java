package syscallanomaly.model;

import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How a network's parameters are updated.
 *
 * @param updater DL4J's optimiser with its learning rate
 * @param gradientNormLimit largest Euclidean norm that a layer's mean gradient keeps; a larger
 *     gradient is scaled down to it. 0: no limit
 */
public record UpdateRule(IUpdater updater, double gradientNormLimit) {}
