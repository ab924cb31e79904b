package syscallanomaly.jobs.job;

import java.io.IOException;
import org.apache.hadoop.util.ShutdownHookManager;
import syscallanomaly.jobs.run.Manifest;
import syscallanomaly.jobs.run.StepName;

/** Sees to it that the manifest says so when the program is stopped in the middle of a step. */
final class Interruption implements AutoCloseable {
  /** Before Spark stops (40) and the file systems close (10). */
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

  /** Whether the program is being stopped, so that what fails now fails because of that. */
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
