package syscallanomaly.jobs.run;

import java.util.Locale;

/**
 * The steps, in the order in which data flow. {@code DETECT} judges observed traces in a run of its
 * own, and {@code ROLLBACK} needs no run; the others follow each other in a run of the pipeline.
 */
public enum StepName {
  VOCABULARY,
  WINDOWS,
  TRAIN,
  FIT,
  SCORE,
  DETECT,
  PROMOTE,
  ROLLBACK;

  /**
   * The step's name on the command line and in the manifest: {@code vocabulary}, {@code windows},
   * ...
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
