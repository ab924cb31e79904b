package syscallanomaly.jobs.configuration;

/**
 * What a training starts from.
 *
 * @param from {@value #NONE}; {@value #CURRENT}, the detector in use; or the folder or the run of
 *     another detector
 */
public record StartSettings(String from) {
  /** Stands for the detector in use. */
  public static final String CURRENT = "current";

  /** Stands for no detector: the seed draws all parameters. */
  public static final String NONE = "none";

  /** Whether the seed draws all parameters. */
  public boolean isFresh() {
    return from.equals(NONE);
  }
}
