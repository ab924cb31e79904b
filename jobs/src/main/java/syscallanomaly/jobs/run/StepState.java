package syscallanomaly.jobs.run;

import java.util.Locale;

/** How far a step of a run has come. */
public enum StepState {
  RUNNING,
  DONE,
  FAILED,
  /** Stopped from outside, for instance with Ctrl-C. */
  INTERRUPTED;

  /** The name in the manifest: {@code running}, {@code done}, {@code failed}, ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static StepState of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
