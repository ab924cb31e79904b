package syscallanomaly.trace.event.table;

/** What a column of a table of events says; see {@link EventTableSettings}. */
enum Field {
  HOST(true),
  CONTAINER(true),
  PROCESS(false),
  THREAD(false),
  STARTED(false),
  TIME(false),
  ORDER(false),
  CALL(true),
  ARCHITECTURE(true),
  EXECUTABLE(true),
  FAMILY(true);

  private final boolean isText;

  Field(boolean isText) {
    this.isText = isText;
  }

  /** Whether it is a text; all others are whole numbers. */
  boolean isText() {
    return isText;
  }
}
