package syscallanomaly.jobs.run;

import java.util.Locale;

/** The steps of a run, in the order in which data flow. */
public enum StepName {
  VOCABULARY,
  WINDOWS,
  TRAIN,
  FIT,
  SCORE;

  /**
   * The step's name on the command line and in the manifest: {@code vocabulary}, {@code windows},
   * ...
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
