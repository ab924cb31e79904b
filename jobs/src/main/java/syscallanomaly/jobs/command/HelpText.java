package syscallanomaly.jobs.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import syscallanomaly.jobs.configuration.ConfigurationKey;
import syscallanomaly.jobs.job.Job;
import syscallanomaly.jobs.job.Jobs;

/**
 * The text that {@code --help} prints: every job, every option and every key of the configuration.
 */
final class HelpText {
  private static final int JOB_WIDTH = 12;
  private static final int COLUMNS = 100;

  private HelpText() {}

  static String of(CommandLine commandLine, Jobs jobs) {
    List<String> lines = new ArrayList<>();
    lines.add(commandLine.setUsageHelpWidth(COLUMNS).getUsageMessage(Ansi.OFF).stripTrailing());
    lines.add("");
    lines.add("Jobs:");
    for (Job job : jobs.all()) {
      lines.add("  " + padded(job.name(), JOB_WIDTH) + job.description());
    }
    lines.add("");
    lines.add(
        "Spark options, after --, go to spark-submit: --master, --deploy-mode, --conf spark...");
    lines.add("");
    lines.add("Exit codes: 0 done; 2 wrong use or configuration; 3 input that cannot be used;");
    lines.add("  4 done, with an alarm (detect.fail-on-alarm);");
    lines.add("  5 done, and not promoted (promotion.fail-on-refusal); 1 anything else");
    lines.add("");
    lines.add("Keys of the configuration, with their defaults:");
    for (ConfigurationKey key : ConfigurationKey.all()) {
      lines.add("  " + key.path() + " = " + key.fallback());
      lines.add("      " + key.meaning());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
