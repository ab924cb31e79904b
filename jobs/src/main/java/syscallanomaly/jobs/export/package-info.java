/**
 * Writes the metric tables into databases that read no Iceberg. Start at {@link
 * syscallanomaly.jobs.export.TableExport}.
 *
 * <p>It may use configuration, progress and runs, but no step and no job.
 */
package syscallanomaly.jobs.export;
