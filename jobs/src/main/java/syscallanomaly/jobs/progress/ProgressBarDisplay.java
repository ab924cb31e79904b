package syscallanomaly.jobs.progress;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal that shows percentage, rate and remaining time. */
final class ProgressBarDisplay implements StepProgress {
  private final ProgressBar bar;

  ProgressBarDisplay(String name, String unit, long total, PrintStream err, int columns) {
    DecimalFormat rate =
        new DecimalFormat("#,##0.# " + quoted(unit), DecimalFormatSymbols.getInstance(Locale.ROOT));
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total > 0 ? total : -1)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed(rate)
            .setConsumer(new ConsoleProgressBarConsumer(err, columns))
            .build();
  }

  @Override
  public void advance(long units) {
    bar.stepBy(units);
  }

  @Override
  public void expect(long total) {
    bar.maxHint(total);
  }

  @Override
  public void close() {
    bar.close();
  }

  private static String quoted(String unit) {
    return "'" + unit.replace("'", "''") + "'";
  }
}
