/**
 * Fast layers for DL4J's networks on the CPU.
 *
 * <p>Start with {@link syscallanomaly.model.layer.FastLayers}, which installs them in a network and
 * takes them out again. The package may use DL4J, ND4J and {@code model.lstm}, but no Spark and no
 * other package of this project.
 */
package syscallanomaly.model.layer;
