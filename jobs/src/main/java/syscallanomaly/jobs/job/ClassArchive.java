package syscallanomaly.jobs.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import syscallanomaly.jobs.progress.Progress;

/**
 * The archive of classes from which later processes start faster, because they need not read and
 * verify the classes (class-data sharing). Java writes it as this process ends, after any job.
 * submit.sh uses it only if the job has loaded most classes, which this class notes in a file.
 */
final class ClassArchive {
  /**
   * System property with the path of the file to write if the archive is complete. It is not set if
   * Java writes no archive.
   */
  static final String COMPLETE = "syscallanomaly.class-archive.complete";

  private ClassArchive() {}

  /** Notes that most classes are loaded. */
  static void complete(Progress progress) {
    String file = System.getProperty(COMPLETE, "");
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.write(Path.of(file), new byte[0]);
      progress.say("Keeping Java's classes, once after a build, so that later runs start faster");
    } catch (IOException e) {
      progress.say("Warning: later runs start slowly, because no file can be written: " + e);
    }
  }
}
