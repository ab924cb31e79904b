/**
 * Reads text files that have one event a line, in pieces where their packing allows it.
 *
 * <p>Start at {@link syscallanomaly.trace.line.EventFiles}. It cuts the files of a listing into
 * {@link syscallanomaly.trace.line.LineSlice}s, and a task reads the lines of a slice with the
 * parser of a {@link syscallanomaly.trace.event.EventFormat}. {@link
 * syscallanomaly.trace.line.LabelFiles} finds the labels of recordings. The result has the columns
 * of {@link syscallanomaly.trace.sequence.EventColumns}.
 */
package syscallanomaly.trace.line;
