/**
 * What a fitted detector says of observed traces, and why: for people who look into an alarm.
 *
 * <p>Start with {@link syscallanomaly.score.observed.ObservedTraces}. The package may use the
 * fitted detector and its parts.
 */
package syscallanomaly.score.observed;
