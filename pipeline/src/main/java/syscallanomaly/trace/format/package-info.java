/**
 * What the content of a trace file means.
 *
 * <p>A format turns the bytes of one file into traces, on an executor and without knowing where the
 * file lies. Whatever cannot be a trace is rejected with a reason in one line.
 */
package syscallanomaly.trace.format;
