package syscallanomaly.jobs.step;

import java.util.Locale;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.window.SequenceKind;

/** Tells the user how a training's workers share a mini-batch, and at which learning rate. */
final class SharedBatch {
  private static final String COST =
      "; so small a share costs held-out loss (with adfa-ld.conf .03 nats at 6 traces a worker, .11"
          + " at 2)";

  private final TrainingSettings training;
  private final int workers;
  private final int tasks;

  /**
   * Makes the teller.
   *
   * @param workers number of workers that {@link TrainingSettings#workersFor} gives
   * @param tasks number of tasks that Spark runs in parallel
   */
  SharedBatch(TrainingSettings training, int workers, int tasks) {
    this.training = training;
    this.workers = workers;
    this.tasks = tasks;
  }

  /** One line: workers, share, learning rate, and what limited the number of workers. */
  String line() {
    return "train: %s in a mini-batch of %d, learning rate %s%s"
        .formatted(shares(), training.batchSize(), rate(), limit());
  }

  private String shares() {
    String unit = training.unit() == SequenceKind.TRACES ? "traces" : "windows";
    int least = training.batchSize() / workers;
    String share =
        training.batchSize() % workers == 0
            ? String.valueOf(least)
            : "%d or %d".formatted(least, least + 1);
    return workers == 1
        ? "1 worker with %s %s".formatted(share, unit)
        : "%d workers with %s %s each".formatted(workers, share, unit);
  }

  private String rate() {
    return String.format(Locale.ROOT, "%.3g", training.learningRateOf(workers));
  }

  /** What limited the workers, and what their number costs. The costs were measured. */
  private String limit() {
    if (training.workers() == 0) {
      return workers < tasks
          ? "; %d tasks could run, but smaller shares of the mini-batch learn less: a larger training.batch-size would feed more workers"
              .formatted(tasks)
          : "";
    }
    String fed =
        training.workers() > workers
            ? "; training.workers = %d is more than the mini-batch can feed"
                .formatted(training.workers())
            : "";
    boolean small = workers > 1 && training.batchSize() / workers < TrainingSettings.USEFUL_SHARE;
    return fed + (small ? COST : "");
  }
}
