package syscallanomaly.trace;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.timestamp_micros;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.CONTAINER;
import static syscallanomaly.trace.TraceColumns.EXECUTABLE;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.HOST;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.PROCESS;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.trace.TraceColumns.STARTED;
import static syscallanomaly.trace.TraceColumns.THREAD;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.Tuple3;
import scala.Tuple5;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.trace.event.EventCounts;
import syscallanomaly.trace.event.EventCounts.Counted;
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.format.ParsedTrace;

/**
 * The traces of one split, and the files and traces that cannot be used.
 *
 * <p>Each file is opened once, at the first use. A corpus usually consists of many small files, and
 * opening one takes longer than reading it. Afterwards the workers keep the calls on local disk, 4
 * bytes for each call, as long as this object is in use. If a worker is lost, its files are read
 * again.
 */
public final class TraceSet {
  /**
   * Column of {@link #rejects()}: full path of the file, or {@code archive!/entry}. A trace of a
   * file with several traces has a suffix. The type is string.
   */
  public static final String FILE = "file";

  /**
   * Column of {@link #rejects()}: why the trace or file was rejected, in one line. The type is
   * string.
   */
  public static final String REASON = "reason";

  private static final String ORIGIN = "origin";
  private static final long NANOS_OF_MICRO = 1_000;
  private static final String JOB_DESCRIPTION = "spark.job.description";

  private final SparkSession spark;
  private final TraceLocation location;
  private final TraceSource source;
  private final double maxRejectedShare;
  private final String fingerprint;
  private final long hidden;
  private final long bytes;
  private final long files;
  private final Optional<String> format;
  private final Supplier<JavaRDD<ParsedTrace>> plan;
  private JavaRDD<ParsedTrace> parsed;
  private List<SliceCount> counts;
  private Dataset<Row> traces;

  /**
   * @param input what was listed
   * @param plan plans the reading; each partition gives traces in the order of their ordinals
   */
  TraceSet(
      SparkSession spark,
      TraceLocation location,
      TraceInput input,
      double maxRejectedShare,
      Supplier<JavaRDD<ParsedTrace>> plan) {
    this.spark = spark;
    this.location = location;
    this.source = input.source();
    this.maxRejectedShare = maxRejectedShare;
    this.fingerprint = input.fingerprint();
    this.hidden = input.hidden();
    this.bytes = input.bytes();
    this.files = input.files();
    this.format = input.format();
    this.plan = plan;
  }

  /** Plans the reading at the first use, with the session's settings at that time. */
  private synchronized JavaRDD<ParsedTrace> parsed() {
    if (parsed == null) {
      parsed = plan.get().persist(StorageLevel.DISK_ONLY());
    }
    return parsed;
  }

  public Split split() {
    return location.split();
  }

  /**
   * Size of all files together in bytes, with rejected files included. The entries of a zip count
   * with their uncompressed size, and .gz files with their packed size.
   */
  public long bytes() {
    return bytes;
  }

  /**
   * The accepted traces, one row for each trace. The columns are {@link TraceColumns#ORDINAL},
   * {@link TraceColumns#TRACE_ID}, {@link TraceColumns#FAMILY}, {@link TraceColumns#CALLS}, and
   * {@link TraceColumns#HOST}, {@link TraceColumns#CONTAINER}, {@link TraceColumns#PROCESS}, {@link
   * TraceColumns#THREAD}, {@link TraceColumns#EXECUTABLE} and {@link TraceColumns#STARTED}, which
   * are null if the format does not say them. Partitions, and the rows within them, are in ordinal
   * order.
   *
   * <p>The family is what labels or a table say. Else it is the name of the file's folder without
   * its number: {@code Adduser} for {@code Adduser_1/UAD-1.txt}. Every call returns the same
   * Dataset.
   */
  public synchronized Dataset<Row> traces() {
    if (traces == null) {
      TraceNumbering numbering = new TraceNumbering(location.split(), source.folder(), counts());
      traces = columns(parsed().mapPartitionsWithIndex(numbering::number, true));
    }
    return traces;
  }

  private Dataset<Row> columns(
      JavaRDD<
              Tuple5<
                  Long,
                  String,
                  String,
                  int[],
                  Tuple5<String, String, Tuple2<Long, Long>, String, Long>>>
          rows) {
    Encoder<Tuple5<String, String, Tuple2<Long, Long>, String, Long>> origin =
        Encoders.tuple(
            ValueEncoders.STRING,
            ValueEncoders.STRING,
            Encoders.tuple(ValueEncoders.LONG, ValueEncoders.LONG),
            ValueEncoders.STRING,
            ValueEncoders.LONG);
    return spark
        .createDataset(
            rows.rdd(),
            Encoders.tuple(
                ValueEncoders.LONG,
                ValueEncoders.STRING,
                ValueEncoders.STRING,
                ValueEncoders.INTS,
                origin))
        .toDF(ORDINAL, TRACE_ID, FAMILY, CALLS, ORIGIN)
        .select(
            col(ORDINAL),
            col(TRACE_ID),
            col(FAMILY),
            col(CALLS),
            col(ORIGIN + "._1").as(HOST),
            col(ORIGIN + "._2").as(CONTAINER),
            col(ORIGIN + "._3._1").as(PROCESS),
            col(ORIGIN + "._3._2").as(THREAD),
            col(ORIGIN + "._4").as(EXECUTABLE),
            timestamp_micros(floor(col(ORIGIN + "._5").divide(NANOS_OF_MICRO))).as(STARTED));
  }

  /**
   * The rejects, one row for each reject that {@link #rejected()} counts. The columns are {@link
   * TraceColumns#SPLIT}, {@link #FILE} and {@link #REASON}. The file is named as it is, control
   * characters included ({@link VisibleText} escapes them); a byte of a local name that is not
   * UTF-8 has the form {@code \xNN}.
   */
  public Dataset<Row> rejects() {
    String label = location.split().label();
    TraceSource place = source;
    JavaRDD<Tuple3<String, String, String>> rows =
        parsed()
            .filter(ParsedTrace::isRejected)
            .map(trace -> new Tuple3<>(label, place.address(trace.traceId()), trace.reason()));
    return spark
        .createDataset(
            rows.rdd(),
            Encoders.tuple(ValueEncoders.STRING, ValueEncoders.STRING, ValueEncoders.STRING))
        .toDF(SPLIT, FILE, REASON);
  }

  /** Number of accepted traces, as many as {@link #traces()} has rows. */
  public long accepted() {
    return counts().stream().mapToLong(SliceCount::accepted).sum();
  }

  /**
   * Number of rejects: traces that are not valid, files that hold no trace, files whose content is
   * damaged, and whatever the listing found that is no readable file, such as a link to nothing. In
   * a format with one trace for each file, this is the number of rejected files.
   */
  public long rejected() {
    return counts().stream().mapToLong(SliceCount::rejected).sum();
  }

  /**
   * The rejects counted by reason, in the order of the reasons. What a reason says of one file
   * alone is left out, so that there are few.
   */
  public List<RejectCount> rejectCounts() {
    if (rejected() == 0) {
      return List.of();
    }
    Split split = location.split();
    return parsed()
        .filter(ParsedTrace::isRejected)
        .map(trace -> RejectCount.kind(trace.reason()))
        .countByValue()
        .entrySet()
        .stream()
        .map(kind -> new RejectCount(split, kind.getKey(), kind.getValue()))
        .sorted(Comparator.comparing(RejectCount::reason))
        .toList();
  }

  /**
   * Number of files and folders that were skipped because their names start with {@code .} or
   * {@code _}. They are no rejects. A folder counts as one, whatever it holds.
   */
  public long hidden() {
    return hidden;
  }

  /**
   * How the format was found, and which files are left out because of it, in one line: {@code
   * strace, which a.log looks like}. Empty if the settings name it and all files are read.
   */
  public Optional<String> format() {
    return format;
  }

  /** What became of the events that the traces consist of; empty if the format has no events. */
  public Optional<EventCounts> events() {
    List<EventCounts> parts =
        counts().stream().map(SliceCount::events).filter(Objects::nonNull).toList();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    EventCounts all = new EventCounts();
    parts.forEach(all::add);
    return Optional.of(all);
  }

  /**
   * Checks that enough traces were accepted to go on.
   *
   * @throws UnusableInputException if no trace was accepted, or if rejected / (accepted + rejected)
   *     is above {@link TraceSettings#maxRejectedShare()}, of files and traces or of lines
   */
  public void requireUsable() {
    EventCounts events = events().orElseGet(EventCounts::new);
    // A line that cannot be used is no lost trace. Lines have a share of their own.
    long rejected = rejected() - events.of(Counted.REJECTS_OF_LINES);
    long accepted = accepted();
    double share = rejected == 0 ? 0 : (double) rejected / (rejected + accepted);
    if (accepted > 0 && share <= maxRejectedShare && events.rejectedShare() <= maxRejectedShare) {
      return;
    }
    boolean ofLines = events.rejectedShare() > maxRejectedShare || rejected == 0;
    long all = rejected + accepted;
    // Each file gives at least one trace or reject. If there are no more than files, each gave one.
    String what = all == files ? "files" : "traces in %d files".formatted(files);
    String why =
        ofLines
            ? shareOf(
                events.of(Counted.REJECTED_LINES),
                events.lines(),
                "lines or rows",
                events.rejectedShare())
            : shareOf(rejected, all, what, share);
    throw new UnusableInputException(
        "Cannot use the %s traces from %s: %s%s"
            .formatted(location.split().label(), location, why, firstReject()));
  }

  private String shareOf(long rejected, long all, String what, double share) {
    return ("%d of %d %s rejected, a share of %.4f where %.4f is accepted and one trace at least"
            + " must be left")
        .formatted(rejected, all, what, share, maxRejectedShare);
  }

  private String firstReject() {
    return counts().stream()
        .filter(count -> count.rejected() > 0)
        .findFirst()
        .map(
            first ->
                "; mend or remove them, the first is %s: %s"
                    .formatted(source.address(first.firstRejected()), first.firstReason()))
        .orElseGet(this::nothingRead);
  }

  private String nothingRead() {
    EventCounts events = events().orElseGet(EventCounts::new);
    long normal = events.of(Counted.NORMAL_TRACES);
    long attacks = events.of(Counted.ATTACK_TRACES);
    return normal + attacks == 0
        ? "; they hold no call"
        : "; their labels call all %d traces %s"
            .formatted(normal + attacks, normal > 0 ? "normal" : "attacks");
  }

  /**
   * SHA-256, in hexadecimal, of the names, sizes and modification times of all files in order. The
   * entries of a zip count with their CRC-32 instead of a time. The same files give the same
   * fingerprint. The contents are not read for it.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Identifies the accepted traces by their ids and calls, as 64 hexadecimal digits. The value is
   * another one if a trace is added, missing, renamed or changed, for whatever reason: another file
   * of the same name, size and time, another limit of size or of calls, or an error of reading. It
   * depends neither on the order in which files are read nor on the number of tasks. All contents
   * are read for it at the first use of the traces, in the same job that counts them.
   *
   * <p>The value is a sum of SHA-256 digests (AdHash: Bellare and Micciancio, 1997). It tells sets
   * of traces apart that differ by accident; it is no proof against somebody who forges traces.
   */
  public String contentFingerprint() {
    return ContentFingerprint.hex(
        counts().stream()
            .map(SliceCount::content)
            .reduce(BigInteger.ZERO, ContentFingerprint::plus));
  }

  private synchronized List<SliceCount> counts() {
    if (counts == null) {
      SparkContext context = spark.sparkContext();
      String outer = context.getLocalProperty(JOB_DESCRIPTION);
      context.setJobDescription(
          "Count the %s traces in %s".formatted(location.split().label(), location));
      try {
        counts = parsed().mapPartitions(slice -> countOf(slice)).collect();
      } finally {
        context.setLocalProperty(JOB_DESCRIPTION, outer);
      }
    }
    return counts;
  }

  private static Iterator<SliceCount> countOf(Iterator<ParsedTrace> slice) {
    return List.of(SliceCount.of(slice)).iterator();
  }
}
