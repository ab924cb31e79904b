/**
 * What all queries of Spark share: {@link syscallanomaly.query.ValueEncoders} and {@link
 * syscallanomaly.query.SideBySide}.
 *
 * <p>This is the lowest package. It may use Java and Spark, but no other package of this library.
 */
package syscallanomaly.query;
