package syscallanomaly.jobs.promotion;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.Lease;
import syscallanomaly.jobs.run.ModelsFolder;

/**
 * The detector in use, while this program alone may change it.
 *
 * @param context what the job works with
 * @param models the folder of promoted detectors, with a guard
 * @param lease what the program holds
 */
record DetectorInUse(JobContext context, ModelsFolder models, Lease lease)
    implements AutoCloseable {

  /**
   * Takes the detector in use.
   *
   * @throws syscallanomaly.jobs.run.InUseException if another program changes it
   */
  static DetectorInUse take(JobContext context) throws IOException {
    ModelsFolder models = context.folder().workspace().models();
    Consumer<String> say = line -> context.progress().say(Secrets.masked(line));
    Lease lease = Lease.take(models, say);
    return new DetectorInUse(context, models.heldBy(lease), lease);
  }

  /** The present time as text. */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Writes the rows of a decision, in place of those of the same run and action. */
  void writeRows(Decision decision) {
    context
        .tables()
        .guardedBy(
            () -> {
              context.folder().requireHeld();
              models.requireHeld();
            })
        .replacePromotion(decision.runId(), decision.action(), decision.rows());
  }

  /** Tells users and programs what was decided. */
  void show(Decision decision) {
    new DecisionLines(decision).lines().forEach(context.summary()::add);
    tell(decision.accepted(), decision.reason());
  }

  /**
   * Tells programs what was decided.
   *
   * @param promoted whether the detector is in use now
   */
  void tell(boolean promoted, String reason) {
    context.summary().figure("promoted", promoted);
    context.summary().figure("reason", reason);
  }

  @Override
  public void close() {
    lease.close();
  }
}
