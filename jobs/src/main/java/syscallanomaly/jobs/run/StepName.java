package syscallanomaly.jobs.run;

import java.util.Locale;

/** The steps of a run, in the order in which data flows. */
public enum StepName {
  VOCABULARY,
  WINDOWS,
  TRAIN,
  SCORE;

  /** The name on the command line and in the manifest: {@code vocabulary}, {@code windows}, ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
