package syscallanomaly.trace.event.table;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;

/**
 * A column whose values are read as they lie in the table, without an expression of Spark's.
 *
 * @param position place among the columns of a batch
 * @param type type of the column: a string for a text, a whole number or timestamp for a number
 * @param factor what a number is multiplied with, so that a time is in nanoseconds
 */
record DirectColumn(Field field, int position, DataType type, long factor)
    implements Serializable {}
