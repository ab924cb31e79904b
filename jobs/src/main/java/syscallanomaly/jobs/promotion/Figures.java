package syscallanomaly.jobs.promotion;

import java.util.Locale;

/** Writes numbers for people. */
final class Figures {
  private Figures() {}

  /** Up to four decimals, without zeros at the end. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
