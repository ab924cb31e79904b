/**
 * Declares tables on records. Start at {@link syscallanomaly.table.RecordColumns}.
 *
 * <p>The instances of a record class are the rows of a table. The annotation {@link
 * syscallanomaly.table.Column} on each component says what its column holds. {@link
 * syscallanomaly.table.RecordColumns} derives the schema, the rows and the reader from it. {@link
 * syscallanomaly.table.RequiredColumns} says which columns a method needs of a Dataset.
 *
 * <p>It may use Java and Spark, but no package of this library that data reach later.
 */
package syscallanomaly.table;
