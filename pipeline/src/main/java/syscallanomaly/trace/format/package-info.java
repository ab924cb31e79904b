/**
 * Turns the content of trace files into traces.
 *
 * <p>Start at {@link syscallanomaly.trace.format.TraceFormat}. A format turns the bytes of one file
 * into traces. It runs on an executor and does not know where the file lies. Content that is no
 * trace is rejected with a reason in one line. {@link syscallanomaly.trace.format.TraceFormats}
 * lists the formats.
 */
package syscallanomaly.trace.format;
