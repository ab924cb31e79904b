/**
 * Collects what a run shows at its end: the data of the report and the closing lines on the
 * terminal.
 *
 * <p>Start with {@link syscallanomaly.jobs.report.RunReport}; {@link
 * syscallanomaly.jobs.report.ClosingSummary} writes the lines. The package reads metric tables and
 * scores and may use {@code run} and {@code configuration}. The page itself is written by the
 * library's package {@code syscallanomaly.report}.
 */
package syscallanomaly.jobs.report;
