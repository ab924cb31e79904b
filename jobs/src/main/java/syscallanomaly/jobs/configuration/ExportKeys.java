package syscallanomaly.jobs.configuration;

import java.util.regex.Pattern;

/** Reads the section {@code export}. */
final class ExportKeys {
  private static final String URL = "export.url";
  private static final String PROTOCOL = "jdbc:postgresql:";
  private static final Pattern PASSWORD =
      Pattern.compile("[?&]password=", Pattern.CASE_INSENSITIVE);

  /** PostgreSQL cuts longer names off. */
  private static final int LONGEST_NAME = 63;

  private ExportKeys() {}

  static ExportSettings read(Section section) {
    String url =
        section.text(
            URL,
            "must begin with " + PROTOCOL + ", such as jdbc:postgresql://host:5432/metrics",
            text -> text.isEmpty() || text.startsWith(PROTOCOL));
    if (Secrets.standIn(url) || PASSWORD.matcher(url).find()) {
      section.refuse(
          URL,
          "must not hold a password; give it in PGPASSWORD in the environment, or as"
              + " spark.syscall.export.password in a file of Spark properties");
    }
    return new ExportSettings(
        url,
        section.text("export.user"),
        section.text(
            "export.schema",
            "must be at most %d lower-case letters, digits and underscores, and start with no digit"
                .formatted(LONGEST_NAME),
            name -> name.length() <= LONGEST_NAME && name.matches("[a-z_][a-z0-9_]*")),
        section.nonEmptyText("export.runs"));
  }
}
