/**
 * Deletes old runs. Start at {@link syscallanomaly.jobs.clean.RunCleaning}.
 *
 * <p>It may use configuration, progress and runs, but no step and no job.
 */
package syscallanomaly.jobs.clean;
