/**
 * The language model: the network, what it predicts, and how it is saved.
 *
 * <p>Start at {@link syscallanomaly.model.LanguageModel}, a network together with the way in which
 * sequences become its input. {@link syscallanomaly.model.NetworkBuilder} builds the network that
 * settings describe, {@link syscallanomaly.model.DistributedModel} predicts with it on all workers,
 * {@link syscallanomaly.model.ModelReader} reads a saved one. {@code model.lstm} has the fast
 * kernel for DL4J's LSTM layers, and {@code model.layer} installs it with a fast embedding and a
 * fast output layer. {@link syscallanomaly.model.NativeLibraries} loads ND4J: call it before
 * whatever a process may use of ND4J first. The package uses {@code table}, {@code trace}, {@code
 * vocabulary} and {@code window}.
 */
package syscallanomaly.model;
