/**
 * The arithmetic of training on one worker: loss, optimisers, dropout, and back-propagation through
 * whole traces.
 *
 * <p>Each class computes what DL4J's own would, faster; the saved model names DL4J's own. Nothing
 * here knows Spark.
 */
package syscallanomaly.train.numerics;
