package syscallanomaly.trace.event.table;

/** Unit of a column of times that holds numbers, which count from 1970 on. */
public enum TimeUnit {
  S(1_000_000_000),
  MS(1_000_000),
  US(1_000),
  NS(1);

  private final long nanos;

  TimeUnit(long nanos) {
    this.nanos = nanos;
  }

  /** Nanoseconds in the unit. */
  long nanos() {
    return nanos;
  }
}
