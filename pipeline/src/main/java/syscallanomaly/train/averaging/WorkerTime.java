package syscallanomaly.train.averaging;

/**
 * What the workers' time of an epoch went into, summed over all workers.
 *
 * @param computeSeconds in mini-batches: forward, backward and update
 * @param productSeconds the part of it in the LSTM layers' matrix products; 0 where DL4J's own
 *     layers computed, which do not measure it
 * @param rounds what the averaging rounds went into meanwhile, by the clock
 */
public record WorkerTime(double computeSeconds, double productSeconds, RoundTime rounds) {
  private static final double NANOS = 1e9;

  public static WorkerTime of(BatchTotals totals) {
    return new WorkerTime(
        totals.computeNanos() / NANOS, totals.productNanos() / NANOS, totals.rounds());
  }
}
