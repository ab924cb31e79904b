/**
 * Turns events of many hosts into traces.
 *
 * <p>Start at {@link syscallanomaly.trace.sequence.EventSequence}. It gives each process to one
 * task, in order of time, and {@link syscallanomaly.trace.sequence.Sequencer} reads the sorted rows
 * once and cuts them into traces. What it left out or repaired stands in {@link
 * syscallanomaly.trace.sequence.EventCounts}. The events come as rows with the columns of {@link
 * syscallanomaly.trace.sequence.EventColumns}, from text files ({@code trace.line}) or from a table
 * ({@code trace.event.table}).
 */
package syscallanomaly.trace.sequence;
