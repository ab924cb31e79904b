/**
 * The optimisers, which turn gradients into parameter updates.
 *
 * <p>Start at {@link syscallanomaly.train.optimiser.Optimiser}; {@link
 * syscallanomaly.train.optimiser.Optimisers} lists all of them. Each optimiser computes what DL4J's
 * own does, but faster, and a saved model names DL4J's own. Nothing here knows Spark.
 */
package syscallanomaly.train.optimiser;
