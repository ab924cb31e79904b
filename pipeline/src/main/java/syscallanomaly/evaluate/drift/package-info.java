/**
 * How far the traces that a detector was fitted to are from those of another one.
 *
 * <p>Start with {@link syscallanomaly.evaluate.drift.InputDrift}. All of it is arithmetic on the
 * bounded counts of {@link syscallanomaly.score.InputProfile}; nothing here reads a trace. The
 * package may use {@code score}.
 */
package syscallanomaly.evaluate.drift;
