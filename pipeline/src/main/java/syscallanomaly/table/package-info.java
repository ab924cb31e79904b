/**
 * Tables declared on records: start reading at {@link syscallanomaly.table.RecordColumns}.
 *
 * <p>A record whose instances are the rows of a table says of each component what its column means,
 * with {@link syscallanomaly.table.Column}; {@link syscallanomaly.table.RecordColumns} derives
 * schema, rows and reader from that. {@link syscallanomaly.table.RequiredColumns} says which
 * columns a method needs of a Dataset.
 *
 * <p>This is the lowest package: it may use Java and Spark, and none of the others.
 */
package syscallanomaly.table;
