package syscallanomaly.jobs.progress;

/** The display of one piece of work. Several threads may use it. */
public interface StepProgress extends AutoCloseable {
  /** Adds to the number of units done. */
  void advance(long units);

  /** Sets the number of units to do, as far as it is known now. */
  void expect(long total);

  /** Ends the display, whether the work is done or has failed. */
  @Override
  void close();
}
