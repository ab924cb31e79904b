package syscallanomaly.trace;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.table.EventTable;
import syscallanomaly.trace.event.table.TableFiles;
import syscallanomaly.trace.event.table.TableSource;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.trace.line.EventFiles;
import syscallanomaly.trace.line.Packing;
import syscallanomaly.trace.sequence.EventSequence;

/** Traces that are put together from the events that hosts recorded. */
final class HostTraces {
  private static final Pattern TABLE =
      Pattern.compile("table:\\s*(\\S+?)(?:\\s+where\\s+(.+))?\\s*", Pattern.CASE_INSENSITIVE);
  private static final long BYTES_OF_PARTITION = 64L << 20;
  private static final int MOST_PARTITIONS = 4_000;

  private final SparkSession spark;
  private final TraceSettings settings;
  private final int largestCall;

  HostTraces(SparkSession spark, TraceSettings settings, int largestCall) {
    this.spark = spark;
    this.settings = settings;
    this.largestCall = largestCall;
  }

  /** Whether a location names a table of Spark's and no files. */
  static boolean isTable(TraceLocation location) {
    return location.toString().toLowerCase(Locale.ROOT).startsWith("table:");
  }

  /** The traces in text files that have one event a line. */
  TraceSet ofLines(
      TraceLocation location, TraceListing listing, EventFormat format, Optional<String> how) {
    HostSettings hosts = settings.hosts();
    List<TraceFile> recordings =
        listing.files().stream()
            .filter(file -> !format.isCompanion(Packing.unpackedName(file.name())))
            .toList();
    if (recordings.isEmpty()) {
      throw location.unusable("none of its files is a recording of " + format.name());
    }
    TraceListing read = new TraceListing(listing.source(), recordings, listing.hidden());
    return set(
        location,
        TraceInput.of(read, said(how, listing.files().size() - recordings.size())),
        EventFiles.rows(
            spark, read, format, hosts.records(), hosts.sequence().byThread(), location.archive()));
  }

  /** Adds the files that are no recordings to what is said of the format. */
  private static Optional<String> said(Optional<String> how, int companions) {
    if (companions == 0) {
      return how;
    }
    String left = "%d files beside the recordings are not read".formatted(companions);
    return Optional.of(how.map(found -> found + "; " + left).orElse(left));
  }

  /** The traces in the files of a table of events. */
  TraceSet ofTableFiles(TraceLocation location, TraceListing listing, Optional<String> how) {
    if (location.archive()) {
      throw location.unusable("a table of events cannot be read from a zip; unpack it");
    }
    Dataset<Row> table;
    try {
      table = new TableFiles(spark, location).read(listing);
    } catch (UnusableInputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw location.unusable(e);
    }
    return set(location, TraceInput.of(listing, how), rows(location.toString(), table));
  }

  /** The traces in a table of events that Spark knows by name, or in some of its rows. */
  TraceSet ofTable(TraceLocation location) {
    Matcher table = TABLE.matcher(location.toString());
    if (!List.of(Formats.EVENTS, Formats.AUTO).contains(settings.format()) || !table.matches()) {
      throw location.unusable(
          "a table is table:NAME or table:NAME where CONDITION, and its format is events");
    }
    Dataset<Row> rows = table(location, table.group(1), Optional.ofNullable(table.group(2)));
    TraceInput input =
        new TraceInput(
            new TableSource(location.toString(), table.group(1)),
            // What the table holds may grow elsewhere between two steps. The contents are compared.
            DigestUtils.sha256Hex(location.toString().getBytes(StandardCharsets.UTF_8)),
            0,
            rows.queryExecution().optimizedPlan().stats().sizeInBytes().toLong(),
            1,
            Optional.empty());
    return set(location, input, rows(location.toString(), rows));
  }

  private Dataset<Row> table(TraceLocation location, String name, Optional<String> condition) {
    try {
      Dataset<Row> all = spark.table(name);
      return condition.isPresent() ? all.where(condition.get()) : all;
    } catch (Exception e) {
      // Spark declares none of its checked exceptions in Java.
      if (e instanceof AnalysisException || e instanceof ParseException) {
        throw location.unusable(e.getMessage().lines().findFirst().orElse("it cannot be read"));
      }
      throw location.unusable(e);
    }
  }

  private Dataset<Row> rows(String place, Dataset<Row> table) {
    HostSettings hosts = settings.hosts();
    return new EventTable(place, table, hosts.table(), hosts.records(), hosts.sequence().byThread())
        .rows();
  }

  private TraceSet set(TraceLocation location, TraceInput input, Dataset<Row> events) {
    return new TraceSet(
        spark,
        location,
        input,
        settings.maxRejectedShare(),
        () ->
            EventSequence.of(
                events, settings.hosts().sequence(), largestCall, partitions(input.bytes())));
  }

  /** As many tasks as the session has partitions, or more if each had too much to sort. */
  private int partitions(long bytes) {
    return (int)
        Math.max(
            spark.sessionState().conf().numShufflePartitions(),
            Math.min(MOST_PARTITIONS, bytes / BYTES_OF_PARTITION));
  }
}
