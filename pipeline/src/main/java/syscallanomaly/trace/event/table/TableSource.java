package syscallanomaly.trace.event.table;

import syscallanomaly.trace.file.TraceSource;

/** A table that Spark knows by name. It has no files to open. */
public final class TableSource implements TraceSource {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final String name;

  /**
   * @param place the table and the condition of its rows, for people
   * @param name the table's name
   */
  public TableSource(String place, String name) {
    this.place = place;
    this.name = name;
  }

  @Override
  public String address(String trace) {
    return trace.isEmpty() ? place : place + ", " + trace;
  }

  @Override
  public String folder() {
    return name.substring(name.lastIndexOf('.') + 1).replace("`", "");
  }

  @Override
  public Contents contents() {
    throw new UnsupportedOperationException(
        "Cannot open files of %s: it is a table".formatted(place));
  }
}
