/**
 * What the content of a trace file means.
 *
 * <p>Start at {@link syscallanomaly.trace.format.TraceFormat}: a format turns the bytes of one file
 * into traces, on an executor and without knowing where the file lies. Whatever cannot be a trace
 * is rejected with a reason in one line. {@link syscallanomaly.trace.format.TraceFormats} lists the
 * formats.
 */
package syscallanomaly.trace.format;
