/**
 * Shows the progress of work on the terminal: a bar if there is a terminal, else a line now and
 * then.
 *
 * <p>Start with {@link syscallanomaly.jobs.progress.Progress}; {@link
 * syscallanomaly.jobs.progress.SparkTaskProgress} counts the finished tasks of Spark for work that
 * does not count by itself. The package may use Spark's listeners and the library progressbar, but
 * no other package of this project.
 */
package syscallanomaly.jobs.progress;
