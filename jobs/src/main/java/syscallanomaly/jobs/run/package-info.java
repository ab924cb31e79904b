/**
 * A run and its folder: where each file is, who holds the run, and how far its steps have come.
 *
 * <p>Start with {@link syscallanomaly.jobs.run.Workspace} and {@link
 * syscallanomaly.jobs.run.RunFolder}, which write every file atomically on any Hadoop file system.
 * {@link syscallanomaly.jobs.run.Manifest} records the steps, {@link syscallanomaly.jobs.run.Lease}
 * keeps a second program away, {@link syscallanomaly.jobs.run.ModelsFolder} names the detector in
 * use, and {@link syscallanomaly.jobs.run.JobContext} hands all of it to jobs and steps. The
 * package may use {@code configuration} and {@code progress}.
 */
package syscallanomaly.jobs.run;
