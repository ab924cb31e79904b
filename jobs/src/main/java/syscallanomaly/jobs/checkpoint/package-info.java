/**
 * Checkpoints of a training: the states in a run's folder from which it continues after an
 * interruption.
 *
 * <p>Start with {@link syscallanomaly.jobs.checkpoint.Checkpoints}, which the training asks for the
 * last usable state and to which it gives new ones. The package may use {@code run} and {@code
 * provenance}, and the training states of the library.
 */
package syscallanomaly.jobs.checkpoint;
