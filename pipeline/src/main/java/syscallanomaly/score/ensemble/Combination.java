package syscallanomaly.score.ensemble;

import java.util.Arrays;
import java.util.Locale;
import syscallanomaly.table.Labelled;

/**
 * How the z of several detectors become one score. It never falls as a z rises.
 *
 * <p>Which of them is better depends on the attacks, so it cannot be chosen on normal traces alone:
 * on ADFA-LD the soft minimum finds more of the attacks, and the sum finds more of the normal
 * traces that were left out to play unknown programs.
 */
public enum Combination implements Labelled {
  /**
   * {@code -t ln(sum of exp(-z / t))} with t = .5. It is at most the lowest z, so a trace is
   * anomalous only if every detector finds it so; one that does not is enough to excuse it.
   */
  SOFT_MINIMUM {
    @Override
    public double of(double... z) {
      double lowest = Arrays.stream(z).min().orElseThrow();
      // The lowest z is taken out of the sum, so that no power overflows.
      double sum = Arrays.stream(z).map(value -> Math.exp((lowest - value) / TEMPERATURE)).sum();
      return lowest - TEMPERATURE * Math.log(sum);
    }
  },

  /** The sum of the z: one detector can make up for another. */
  SUM {
    @Override
    public double of(double... z) {
      return Arrays.stream(z).sum();
    }
  };

  private static final double TEMPERATURE = 0.5;

  /**
   * Combines the z of a trace.
   *
   * @param z finite z of each detector, at least one
   * @throws java.util.NoSuchElementException if there are none
   */
  public abstract double of(double... z);

  /** The name in settings: {@code soft-minimum}, {@code sum}. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
