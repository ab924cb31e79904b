/**
 * Reads tables of events: Parquet, ORC, JSON lines, CSV, or any table that Spark knows by name.
 *
 * <p>Start at {@link syscallanomaly.trace.event.table.EventTable}. It finds the columns that {@link
 * syscallanomaly.trace.event.table.EventTableSettings} names, and checks their types. {@link
 * syscallanomaly.trace.event.table.TableEvents} makes events of them, batch by batch. The batches
 * come from {@link syscallanomaly.trace.event.table.ColumnarBatches} where Spark reads whole
 * columns and their values are used as they are, as of most Parquet tables, and else from {@link
 * syscallanomaly.trace.event.table.RowBatches}.
 */
package syscallanomaly.trace.event.table;
