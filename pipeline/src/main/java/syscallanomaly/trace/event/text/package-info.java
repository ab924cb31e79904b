/**
 * The text formats of programs that record system calls, one event a line.
 *
 * <p>Start at {@link syscallanomaly.trace.event.text.EventFormats}, which lists them. The package
 * uses {@code trace.call} and {@code trace.event}.
 */
package syscallanomaly.trace.event.text;
