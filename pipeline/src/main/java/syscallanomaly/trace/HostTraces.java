package syscallanomaly.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaRDD;
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
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.label.LabelRule;
import syscallanomaly.trace.label.LabelledTraces;
import syscallanomaly.trace.line.EventFiles;
import syscallanomaly.trace.line.LabelFiles;
import syscallanomaly.trace.line.Packing;
import syscallanomaly.trace.sequence.Event;
import syscallanomaly.trace.sequence.EventSequence;

/** Traces that are put together from the events that hosts recorded. */
final class HostTraces {
  private static final Pattern TABLE =
      Pattern.compile("table:\\s*(\\S+?)(?:\\s+where\\s+(.+))?\\s*", Pattern.CASE_INSENSITIVE);
  private static final long BYTES_OF_PARTITION = 16L << 20;
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
    Optional<LabelFiles> labels = labels(location, listing, format, recordings);
    List<TraceFile> files = new ArrayList<>(recordings);
    labels.ifPresent(found -> files.addAll(Set.copyOf(found.byRecording().values())));
    TraceListing read = new TraceListing(listing.source(), recordings, listing.hidden());
    Dataset<Row> rows =
        EventFiles.rows(spark, read, format, hosts.records(), hosts.sequence().byThread(), labels);
    return set(
        location,
        TraceInput.of(read, said(how, labels, listing.files().size() - files.size()))
            .withFingerprintOf(new TraceListing(listing.source(), files, listing.hidden())),
        () -> EventSequence.events(rows),
        labels.isPresent());
  }

  /** The labels of the recordings, which say nothing about traces of unknown kind. */
  private Optional<LabelFiles> labels(
      TraceLocation location,
      TraceListing listing,
      EventFormat format,
      List<TraceFile> recordings) {
    LabelRule rule = settings.hosts().labels();
    if (location.split() == Split.OBSERVED) {
      return Optional.empty();
    }
    if (rule == LabelRule.LID_DS && format.labels("recording").isEmpty()) {
      throw location.unusable(
          "labels of LID-DS lie beside recordings of sysdig, and these are of " + format.name());
    }
    try {
      return LabelFiles.find(rule, format, listing, recordings);
    } catch (IOException e) {
      throw location.unusable(e);
    }
  }

  /** Adds what becomes of the files that are no recordings to what is said of the format. */
  private static Optional<String> said(
      Optional<String> how, Optional<LabelFiles> labels, int companions) {
    List<String> said = new ArrayList<>();
    how.ifPresent(said::add);
    labels.ifPresent(found -> said.add(found.how()));
    if (companions > 0) {
      said.add("%d files beside the recordings are not read".formatted(companions));
    }
    return said.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", said));
  }

  /** The traces in the files of a table of events. */
  TraceSet ofTableFiles(TraceLocation location, TraceListing listing, Optional<String> how) {
    if (listing.files().stream().anyMatch(file -> file.part() != null)) {
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
    return set(
        location,
        TraceInput.of(listing, how),
        events(location.toString(), table),
        /* labelled= */ false);
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
    return set(location, input, events(location.toString(), rows), /* labelled= */ false);
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

  private Supplier<JavaRDD<Event>> events(String place, Dataset<Row> table) {
    HostSettings hosts = settings.hosts();
    return new EventTable(place, table, hosts.table(), hosts.records(), hosts.sequence().byThread())
        .events();
  }

  /**
   * @param labelled whether labels say which traces belong to the split
   */
  private TraceSet set(
      TraceLocation location, TraceInput input, Supplier<JavaRDD<Event>> events, boolean labelled) {
    Split split = location.split();
    return new TraceSet(
        spark,
        location,
        input,
        settings.maxRejectedShare(),
        () -> {
          JavaRDD<ParsedTrace> traces =
              EventSequence.of(
                  spark,
                  events.get(),
                  settings.hosts().sequence(),
                  largestCall,
                  partitions(input.bytes()));
          return labelled ? traces.mapPartitions(all -> new LabelledTraces(all, split)) : traces;
        });
  }

  /** As many tasks as the session has partitions, or more if each had too much to sort. */
  private int partitions(long bytes) {
    return (int)
        Math.max(
            spark.sessionState().conf().numShufflePartitions(),
            Math.min(MOST_PARTITIONS, bytes / BYTES_OF_PARTITION));
  }
}
