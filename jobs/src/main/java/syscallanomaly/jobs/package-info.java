/**
 * The program: Spark applications on top of the library in module {@code pipeline}, with a command
 * line and a configuration.
 *
 * <p>Start with {@link syscallanomaly.jobs.Main}, which spark-submit starts. It hands the arguments
 * to {@code command}, which reads the {@code configuration}, finds the {@code job} and runs it; a
 * job consists of steps from {@code step} that work on the folder of a {@code run}. The classes
 * directly in this package may use {@code command}, {@code job} and {@code step}; the other
 * packages use only {@link syscallanomaly.jobs.CodeVersion} from it.
 */
package syscallanomaly.jobs;
