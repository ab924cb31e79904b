/**
 * What the labels of a data set say about its recordings.
 *
 * <p>Start at {@link syscallanomaly.trace.label.RecordingLabel}, which is what the file with the
 * labels of a recording says. {@link syscallanomaly.trace.label.LabelledTraces} gives each split
 * the traces that are of its kind. The package uses {@code trace.event} and {@code trace.format}.
 */
package syscallanomaly.trace.label;
