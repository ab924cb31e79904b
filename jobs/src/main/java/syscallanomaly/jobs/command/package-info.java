/**
 * The command line: arguments, help, exit codes, and drivers that run on another machine than the
 * user's.
 *
 * <p>Start with {@link syscallanomaly.jobs.command.CommandLineProgram}, which turns arguments into
 * an exit code and reports wrong use before Spark starts. The package may use {@code
 * configuration}, {@code job}, {@code progress} and {@code run}, and picocli for parsing. No other
 * package except the main class uses it.
 */
package syscallanomaly.jobs.command;
