package syscallanomaly.jobs.job;

import java.io.EOFException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;
import syscallanomaly.trace.UnusableInputException;

/**
 * Recognises that a file which an earlier step or run has written is damaged or missing, and says
 * what to do. Spark and Iceberg meet such files late, in tasks, and tell only the file.
 */
final class DamagedFile {
  private static final Pattern SEQUENCES =
      Pattern.compile("([a-z0-9]+:/[^\\s;,]*/runs/[^/\\s]+/windows/[^\\s;,]*\\.parquet)");
  private static final Pattern TABLE =
      Pattern.compile(
          "(?:[a-z0-9]+:)?(/[^\\s;,]*)/([^/\\s]+)/(?:metadata|data)(?:/[^\\s;,]*[^\\s;,.]|$)");

  /** How Parquet, Hadoop, Spark and Iceberg say that they cannot read a file. */
  private static final Pattern UNREADABLE =
      Pattern.compile(
          "(?i)not a parquet file|could not read footer|failed to read footer|checksum error"
              + "|can ?not read value|does not exist|failed to open input stream|encountered error while reading"
              + "|failed to read|not an avro|metadata file for version|failed to get file system|corrupt");

  private DamagedFile() {}

  /** Returns one line about the file; empty for any other failure. */
  static Optional<UnusableInputException> of(Throwable failure) {
    for (Throwable link : ExceptionUtils.getThrowableList(failure)) {
      if (link instanceof EOFException && isOfIceberg(link)) {
        return Optional.of(
            new UnusableInputException(
                "Cannot read the metric tables: a file that the log names is damaged; restore it, or move its table's folder away and run the jobs again, or set another warehouse.namespace",
                failure));
      }
      String message = link.getMessage() == null ? "" : link.getMessage();
      if (message.contains("UNABLE_TO_INFER_SCHEMA")) {
        return Optional.of(
            new UnusableInputException(
                "Cannot read the sequences in windows/: their files are missing; run the windows step again",
                failure));
      }
      if (!UNREADABLE.matcher(message).find()) {
        continue;
      }
      Matcher sequences = SEQUENCES.matcher(message);
      if (sequences.find()) {
        return Optional.of(
            new UnusableInputException(
                "Cannot read %s: the file is damaged or missing; run the windows step again"
                    .formatted(sequences.group(1)),
                failure));
      }
      Matcher table = TABLE.matcher(message);
      if (table.find() && isOfIceberg(link)) {
        return Optional.of(
            new UnusableInputException(
                "Cannot read %s: the file of the metric table %s is damaged or missing; restore it, or move the table's folder away and run the jobs again, or set another warehouse.namespace"
                    .formatted(table.group(), table.group(2)),
                failure));
      }
    }
    return Optional.empty();
  }

  private static boolean isOfIceberg(Throwable link) {
    return link.getClass().getName().startsWith("org.apache.iceberg.")
        || ExceptionUtils.getStackTrace(link).contains("at org.apache.iceberg.");
  }
}
