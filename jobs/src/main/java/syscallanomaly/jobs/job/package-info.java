/**
 * Jobs: what the command line can start as a Spark application, and how it is run.
 *
 * <p>Start with {@link syscallanomaly.jobs.job.JobRunner}, which takes the run, starts Spark with
 * suitable settings and records how the job ended; {@link syscallanomaly.jobs.job.Jobs} lists the
 * jobs. A job consists of steps or is the benchmark. The package may use all packages of this
 * module except {@code command}.
 */
package syscallanomaly.jobs.job;
