package syscallanomaly.jobs.job;

import java.io.IOException;
import org.apache.hadoop.util.ShutdownHookManager;
import syscallanomaly.jobs.run.Manifest;
import syscallanomaly.jobs.run.StepName;

/** Marks a step as interrupted in the manifest if the program is stopped while the step runs. */
final class Interruption implements AutoCloseable {
  /**
   * Priority of the shutdown hook: it runs before Spark stops (40) and before the file systems
   * close (10).
   */
  private static final int PRIORITY = 100;

  private final Manifest manifest;
  private final StepName step;
  private final Runnable hook = this::note;
  private volatile boolean happened;

  private Interruption(Manifest manifest, StepName step) {
    this.manifest = manifest;
    this.step = step;
  }

  static Interruption of(Manifest manifest, StepName step) {
    Interruption interruption = new Interruption(manifest, step);
    ShutdownHookManager.get().addShutdownHook(interruption.hook, PRIORITY);
    return interruption;
  }

  /** Whether the program is being stopped; a failure is then a consequence of that. */
  boolean hasHappened() {
    return happened || ShutdownHookManager.get().isShutdownInProgress();
  }

  private void note() {
    happened = true;
    try {
      manifest.interrupt(step);
    } catch (IOException e) {
      System.err.println("Cannot note the interruption in the manifest: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    if (!hasHappened()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
