package syscallanomaly.jobs.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Prints a line after each tenth of the work, and after half a minute without a line. */
final class ProgressLines implements StepProgress {
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final int TENTHS = 10;
  private static final double HUNDRED = 100;

  private final String name;
  private final String unit;
  private final PrintStream err;
  private final InstantSource clock;
  private final Instant start;

  private long total;
  private long done;
  private long shownTenths;
  private Instant shownAt;

  ProgressLines(String name, String unit, long total, PrintStream err, InstantSource clock) {
    this.name = name;
    this.unit = unit;
    this.total = total;
    this.err = err;
    this.clock = clock;
    this.start = clock.instant();
    this.shownAt = start;
    err.println(name + ": started");
  }

  @Override
  public synchronized void advance(long units) {
    done += units;
    Instant now = clock.instant();
    long tenths = total > 0 ? TENTHS * Math.min(done, total) / total : 0;
    boolean isNews = tenths > shownTenths || !now.isBefore(shownAt.plus(INTERVAL));
    if (isNews && (total == 0 || done < total)) {
      err.println(name + ": " + share() + rate(now) + timeLeft(now));
      shownTenths = Math.max(shownTenths, tenths);
      shownAt = now;
    }
  }

  @Override
  public synchronized void expect(long newTotal) {
    total = newTotal;
  }

  @Override
  public synchronized void close() {
    Instant now = clock.instant();
    err.println(name + ": " + share() + rate(now) + ", took " + text(Duration.between(start, now)));
  }

  private String share() {
    return total > 0
        ? String.format(
            Locale.ROOT, "%.0f %%, ", Math.floor(HUNDRED * Math.min(done, total) / total))
        : String.format(Locale.ROOT, "%d %s, ", done, unit);
  }

  private String rate(Instant now) {
    double seconds = seconds(Duration.between(start, now));
    double rate = seconds > 0 ? done / seconds : 0;
    return String.format(Locale.ROOT, rate < TENTHS ? "%.1f %s/s" : "%.0f %s/s", rate, unit);
  }

  private String timeLeft(Instant now) {
    if (total == 0 || done == 0) {
      return "";
    }
    double seconds = seconds(Duration.between(start, now)) * (total - done) / done;
    return ", " + text(Duration.ofSeconds(Math.round(seconds))) + " left";
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static String text(Duration duration) {
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toSeconds() + " s";
  }
}
