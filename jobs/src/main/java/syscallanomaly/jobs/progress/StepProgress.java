package syscallanomaly.jobs.progress;

/** How far a piece of work has come. May be used from several threads. */
public interface StepProgress extends AutoCloseable {
  /** Adds to what is done. */
  void advance(long units);

  /** Sets what there is to do in all, as far as known now. */
  void expect(long total);

  /** Ends the display; the work is done or given up. */
  @Override
  void close();
}
