package syscallanomaly.trace;

import java.util.regex.Pattern;
import syscallanomaly.table.Column;

/**
 * How many files and traces of a split cannot be used for one reason: a row of the {@code rejects}
 * table.
 */
public record RejectCount(
    @Column(comment = "Part of the corpus: training, validation, attack or observed.") Split split,
    @Column(
            comment =
                "Why they cannot be used, without what differs from file to file: places are left"
                    + " out, and N stands for numbers.")
        String reason,
    @Column(comment = "Number of files and of traces in files that cannot be used, at least 1.")
        long rejected) {
  private static final Pattern PLACE = Pattern.compile("^(line|position|byte) \\d+: ");
  private static final Pattern FOLDER = Pattern.compile("(?<=^leads to the )folder .*(?=, which)");
  private static final Pattern QUOTED = Pattern.compile("'.*'", Pattern.DOTALL);
  private static final Pattern DETAIL = Pattern.compile(": .*", Pattern.DOTALL);
  private static final Pattern MORE = Pattern.compile(" \\(and [0-9,]+ more (line|row)s?\\)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Returns what a reason has in common with those of other files. */
  public static String kind(String reason) {
    String kind = PLACE.matcher(reason).replaceFirst("");
    kind = MORE.matcher(kind).replaceFirst("");
    kind = FOLDER.matcher(kind).replaceFirst("folder ...");
    kind = QUOTED.matcher(kind).replaceAll("...");
    kind = DETAIL.matcher(kind).replaceFirst("");
    return NUMBER.matcher(kind).replaceAll("N");
  }
}
