/**
 * Records what decides the sequences or the training of a run. A later step notices from it that
 * the configuration, the input or the program has changed.
 *
 * <p>Start with {@link syscallanomaly.jobs.provenance.Provenance}, the only class. The package may
 * use {@code run} and {@code configuration}.
 */
package syscallanomaly.jobs.provenance;
