/**
 * Raw traces become a Dataset with a trace in each row.
 *
 * <p>Start at {@link syscallanomaly.trace.TraceReader}: it lists the files of a split and returns a
 * {@link syscallanomaly.trace.TraceSet}, which has the accepted traces and the rejected files with
 * their reasons. {@link syscallanomaly.trace.TraceColumns} names the columns that every later
 * package reads. Where files lie is known to {@code trace.file}, what their content means to {@code
 * trace.format}. Of this library the package uses {@code table} alone.
 */
package syscallanomaly.trace;
