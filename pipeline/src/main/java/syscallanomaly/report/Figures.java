package syscallanomaly.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import syscallanomaly.score.fitted.SurprisingCall;

/**
 * How the page writes numbers, times and text from outside. A number that is missing or not finite
 * is written as a dash.
 */
public final class Figures {
  private static final String NONE = "–";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final double SMALLEST_PLAIN_PROBABILITY = 1e-4;

  Figures() {}

  /**
   * Returns the greatest surprise of the calls of all traces in nats; it is the full length of a
   * bar. Without any call it is 1.
   */
  static double greatestSurprise(Stream<List<SurprisingCall>> traces) {
    return traces
        .flatMap(List::stream)
        .mapToDouble(SurprisingCall::negativeLogLikelihood)
        .filter(Double::isFinite)
        .max()
        .orElse(1);
  }

  /** Writes a whole number with separated thousands: {@code 308,077}. */
  public String count(long value) {
    return String.format(Locale.ENGLISH, "%,d", value);
  }

  /** Writes a whole number without separators, such as a seed or an identifier: {@code 340}. */
  public String plain(long value) {
    return Long.toString(value);
  }

  /** Writes a number with a fixed number of decimals: {@code 2.7311}. */
  public String decimal(Double value, int decimals) {
    return isKnown(value) ? String.format(Locale.ENGLISH, "%,." + decimals + "f", value) : NONE;
  }

  /** Writes a difference with its sign and a fixed number of decimals: {@code +0.038}. */
  public String signed(Double value, int decimals) {
    return isKnown(value) ? String.format(Locale.ENGLISH, "%+,." + decimals + "f", value) : NONE;
  }

  /** Writes a share 0..1 as a percentage: {@code 41.2%}. */
  public String percent(Double share) {
    return isKnown(share) ? String.format(Locale.ENGLISH, "%.1f%%", 100 * share) : NONE;
  }

  /** Writes the two ends of an interval of shares 0..1 in percent: {@code 12.1 – 38.0}. */
  public String percentInterval(Double low, Double high) {
    return isKnown(low) && isKnown(high) ? interval(100 * low, 100 * high, 1) : "";
  }

  /** Writes the two ends of an interval: {@code 0.785 – 0.870}; nothing if one is missing. */
  public String interval(Double low, Double high, int decimals) {
    return isKnown(low) && isKnown(high)
        ? decimal(low, decimals) + " – " + decimal(high, decimals)
        : "";
  }

  private static boolean isKnown(Double value) {
    return value != null && Double.isFinite(value);
  }

  /** Writes a part of a whole as a percentage; a dash if the whole is 0. */
  public String percentOf(long part, long whole) {
    return percent((double) part / whole);
  }

  /**
   * Writes a value as a fraction 0..1 of the greatest value, for the length of a bar: {@code
   * 0.734}.
   */
  public String fraction(double value, double greatest) {
    double fraction = Double.isNaN(value) ? 0 : Math.max(0, Math.min(1, value / greatest));
    return String.format(Locale.ROOT, "%.3f", fraction);
  }

  /**
   * Writes the probability exp(-nats): {@code 0.0101}, or {@code 3.4 × 10^-7} if it is below
   * 0.0001.
   *
   * @param nats a negative log-likelihood
   */
  public String probability(double nats) {
    double probability = Math.exp(-nats);
    if (!Double.isFinite(nats)) {
      return NONE;
    }
    if (probability >= SMALLEST_PLAIN_PROBABILITY) {
      return String.format(Locale.ENGLISH, "%.4f", probability);
    }
    // Computed from the logarithm, because the probability itself may be too small for a double.
    double log10 = -nats / Math.log(10);
    long exponent = (long) Math.floor(log10);
    String digits = decimal(Math.pow(10, log10 - exponent), 1);
    return digits.equals("10.0")
        ? "1.0 × 10" + superscript(exponent + 1)
        : digits + " × 10" + superscript(exponent);
  }

  /** Says how unusual a score is, see {@link PValues#inWords}. */
  public String rarity(double pValue, long normalTraces) {
    return PValues.inWords(pValue, normalTraces);
  }

  /** Writes a point in time in UTC, to the second: {@code 2026-03-14 02:00:07 UTC}. */
  public String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Writes a length of time: {@code 1 h 04 min}, {@code 3 min 12 s}, {@code 8.4 s}. */
  public String duration(Duration duration) {
    if (duration.toMinutes() == 0) {
      return seconds(duration.toMillis() / 1000.0);
    }
    return duration.toHours() == 0
        ? String.format(
            Locale.ENGLISH, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
        : String.format(
            Locale.ENGLISH, "%,d h %02d min", duration.toHours(), duration.toMinutesPart());
  }

  /** Writes seconds with one decimal: {@code 31.2 s}. */
  public String seconds(double seconds) {
    return Double.isFinite(seconds) ? decimal(seconds, 1) + " s" : NONE;
  }

  /**
   * Writes text from outside. Control characters, format characters and invalid characters appear
   * as their numbers, so a file name cannot hide or reverse the text around it.
   */
  public String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    shown.append(String.format(Locale.ROOT, "\\u%04x", c));
                default -> shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static String superscript(long exponent) {
    StringBuilder digits = new StringBuilder();
    for (char c : Long.toString(exponent).toCharArray()) {
      digits.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
    }
    return digits.toString();
  }
}
