/**
 * Reads raw traces into a Dataset with one row for each trace.
 *
 * <p>Start at {@link syscallanomaly.trace.TraceReader}. It lists the files of a split and returns a
 * {@link syscallanomaly.trace.TraceSet}, which has the accepted traces and the rejects with their
 * reasons. {@link syscallanomaly.trace.TraceColumns} names the columns that every later package
 * reads. The packages {@code trace.file} and {@code trace.archive} find and open the files, {@code
 * trace.pattern} reads globs and ranges of names, {@code trace.format} reads the files' content,
 * and {@code trace.label} what the labels of a data set say about it. Of the packages of this
 * library, this one uses {@code table} alone.
 */
package syscallanomaly.trace;
