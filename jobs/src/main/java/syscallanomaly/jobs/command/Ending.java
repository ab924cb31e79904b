package syscallanomaly.jobs.command;

import java.util.Map;

/**
 * How the program ends.
 *
 * @param exitCode one of {@link ExitCode}
 * @param figures what the job told programs: numbers, texts and truth values by name
 */
record Ending(int exitCode, Map<String, Object> figures) {
  /** An end without figures. */
  static Ending with(int exitCode) {
    return new Ending(exitCode, Map.of());
  }
}
