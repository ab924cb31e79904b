/**
 * Records what determines the windows or the training of a run, so that a later step notices when
 * the configuration, the input or the program has changed in between.
 *
 * <p>Start with {@link syscallanomaly.jobs.provenance.Provenance}, the only class. The package may
 * use {@code run} and {@code configuration}.
 */
package syscallanomaly.jobs.provenance;
