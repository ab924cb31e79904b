/**
 * Turns events of many hosts into traces.
 *
 * <p>Start at {@link syscallanomaly.trace.sequence.EventSequence}. {@link
 * syscallanomaly.trace.sequence.ChunkPacker} packs the events of a process that a task reads into
 * chunks. Spark gives the chunks of a process to one task, in order of time. There {@link
 * syscallanomaly.trace.sequence.ChunkMerger} gives their events in order, and {@link
 * syscallanomaly.trace.sequence.Sequencer} cuts them into traces, in one pass. What it left out or
 * repaired stands in {@link syscallanomaly.trace.sequence.EventCounts}. The events come from a
 * table ({@code trace.event.table}), or from text files ({@code trace.line}) as rows with the
 * columns of {@link syscallanomaly.trace.sequence.EventColumns}.
 */
package syscallanomaly.trace.sequence;
