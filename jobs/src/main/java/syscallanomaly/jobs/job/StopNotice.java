package syscallanomaly.jobs.job;

import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import syscallanomaly.jobs.progress.Progress;

/**
 * Tells the user what to do after a job was stopped from outside, for instance with Ctrl-C. It is
 * the last line, because what fails afterwards is a consequence of the stop.
 */
final class StopNotice implements AutoCloseable {
  /**
   * Priority of the shutdown hook: it runs after the manifest has noted an interruption (100) and
   * before Spark stops (40), which makes the job fail.
   */
  private static final int PRIORITY = 90;

  private final Progress progress;
  private final String line;
  private final Runnable hook = this::tell;

  private StopNotice(Progress progress, String line) {
    this.progress = progress;
    this.line = line;
  }

  /**
   * Prepares the notice.
   *
   * @param progress shows the line, and nothing after it
   * @param line what the user is told
   */
  static StopNotice of(Progress progress, String line) {
    StopNotice notice = new StopNotice(progress, line);
    ShutdownHookManager.get().addShutdownHook(notice.hook, PRIORITY);
    return notice;
  }

  private void tell() {
    progress.end(line);
    Configurator.setAllLevels("", Level.OFF);
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
