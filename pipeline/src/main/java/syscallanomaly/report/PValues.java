package syscallanomaly.report;

import java.util.Locale;

/** Says p-values in words. */
public final class PValues {
  private PValues() {}

  /**
   * Says how unusual a score is, for instance {@code more unusual than all of 780 normal traces} or
   * {@code 39 of 780 normal traces are at least as unusual, 1 in 20}.
   *
   * @param pValue p-value of the score, see {@link syscallanomaly.score.Calibration#pValue}
   * @param normalTraces number of normal traces that calibrate the detector
   */
  public static String inWords(double pValue, long normalTraces) {
    if (normalTraces == 0) {
      return "no normal trace calibrates the detector, so nothing is known";
    }
    long asUnusual = Math.round(pValue * (1 + normalTraces)) - 1;
    if (asUnusual == 0) {
      return normalTraces == 1
          ? "more unusual than the one normal trace that calibrates the detector"
          : line("more unusual than all of %,d normal traces", normalTraces);
    }
    if (asUnusual == 1) {
      return line("1 of %,d normal traces is at least as unusual", normalTraces);
    }
    long oneIn = Math.round((double) normalTraces / asUnusual);
    return line("%,d of %,d normal traces are at least as unusual", asUnusual, normalTraces)
        + (oneIn > 1 ? line(", about 1 in %,d", oneIn) : "");
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ENGLISH, format, values);
  }
}
