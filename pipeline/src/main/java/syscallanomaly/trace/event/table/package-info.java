/**
 * Reads tables of events: Parquet, ORC, JSON lines, CSV, or any table that Spark knows by name.
 *
 * <p>Start at {@link syscallanomaly.trace.event.table.EventTable}. It finds the columns that {@link
 * syscallanomaly.trace.event.table.EventTableSettings} names, checks their types, and gives the
 * rows the columns of {@link syscallanomaly.trace.sequence.EventColumns}.
 */
package syscallanomaly.trace.event.table;
