/**
 * What hosts record about system calls: one event a line.
 *
 * <p>Start at {@link syscallanomaly.trace.event.EventFormat}, which turns a line of text into a
 * {@link syscallanomaly.trace.event.SystemCallEvent}. {@link syscallanomaly.trace.event.text} has
 * the formats. The package uses {@code trace.call}.
 */
package syscallanomaly.trace.event;
