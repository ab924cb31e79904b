package syscallanomaly.jobs.run;

import java.util.Locale;

/** The state of a step in a run. */
public enum StepState {
  RUNNING,
  DONE,
  FAILED,
  /** The step was stopped from outside, for instance with Ctrl-C. */
  INTERRUPTED;

  /** The state's name in the manifest: {@code running}, {@code done}, {@code failed}, ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static StepState of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
