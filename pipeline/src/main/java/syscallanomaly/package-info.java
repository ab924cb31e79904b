/**
 * A language model of Linux system calls, trained on Apache Spark to detect intrusions on hosts.
 *
 * <p>Start at {@link syscallanomaly.SyscallAnomaly}. The packages stand in the order in which data
 * flow: {@code trace}, {@code vocabulary}, {@code window}, {@code model}, {@code train}, {@code
 * score}, {@code evaluate}, {@code warehouse}, {@code report}; below them all, {@code table}
 * declares columns. Each uses only those before it.
 */
package syscallanomaly;
