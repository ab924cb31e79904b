package syscallanomaly.trace.sequence;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** The events of rows with the columns of {@link EventColumns}, in one object. */
final class RowEvents implements Iterator<Event> {
  private final Iterator<InternalRow> rows;
  private final EventGroup group = new EventGroup();
  private final Event event = new Event();

  RowEvents(Iterator<InternalRow> rows) {
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Event next() {
    InternalRow row = rows.next();
    return event.at(row, group.at(row));
  }
}
