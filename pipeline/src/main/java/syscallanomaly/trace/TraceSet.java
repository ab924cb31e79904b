package syscallanomaly.trace;

import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple3;
import scala.Tuple4;
import syscallanomaly.trace.file.TraceListing;
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

  private static final String JOB_DESCRIPTION = "spark.job.description";

  private final SparkSession spark;
  private final TraceLocation location;
  private final TraceSource source;
  private final double maxRejectedShare;
  private final String fingerprint;
  private final long hidden;
  private final long bytes;
  private final long files;
  private final JavaRDD<ParsedTrace> parsed;
  private List<SliceCount> counts;
  private Dataset<Row> traces;

  TraceSet(
      SparkSession spark,
      TraceLocation location,
      TraceListing listing,
      List<FileSlice> slices,
      SliceReader reader,
      double maxRejectedShare) {
    this.spark = spark;
    this.location = location;
    this.source = listing.source();
    this.maxRejectedShare = maxRejectedShare;
    this.fingerprint = listing.fingerprint();
    this.hidden = listing.hidden();
    this.bytes = slices.stream().mapToLong(FileSlice::knownBytes).sum();
    this.files = slices.stream().mapToLong(FileSlice::size).sum();
    this.parsed =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(slices, slices.size())
            .mapPartitions(slice -> reader.read(slice.next()))
            .persist(StorageLevel.DISK_ONLY());
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
   * {@link TraceColumns#TRACE_ID}, {@link TraceColumns#FAMILY} and {@link TraceColumns#CALLS}.
   * Partitions, and the rows within them, are in ordinal order.
   *
   * <p>The family is the name of the file's folder without its number: {@code Adduser} for {@code
   * Adduser_1/UAD-1.txt}. Every call returns the same Dataset.
   */
  public synchronized Dataset<Row> traces() {
    if (traces == null) {
      TraceNumbering numbering = new TraceNumbering(location.split(), source.folder(), counts());
      JavaRDD<Tuple4<Long, String, String, int[]>> rows =
          parsed.mapPartitionsWithIndex(numbering::number, true);
      traces =
          spark
              .createDataset(
                  rows.rdd(),
                  Encoders.tuple(
                      Encoders.LONG(),
                      Encoders.STRING(),
                      Encoders.STRING(),
                      spark.implicits().newIntArrayEncoder()))
              .toDF(ORDINAL, TRACE_ID, FAMILY, CALLS);
    }
    return traces;
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
        parsed
            .filter(trace -> !trace.isAccepted())
            .map(trace -> new Tuple3<>(label, place.address(trace.traceId()), trace.reason()));
    return spark
        .createDataset(
            rows.rdd(), Encoders.tuple(Encoders.STRING(), Encoders.STRING(), Encoders.STRING()))
        .toDF(SPLIT, FILE, REASON);
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
    return parsed
        .filter(trace -> !trace.isAccepted())
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
   * Checks that enough traces were accepted to go on.
   *
   * @throws UnusableInputException if no trace was accepted, or if rejected / (accepted + rejected)
   *     is above {@link TraceSettings#maxRejectedShare()}
   */
  public void requireUsable() {
    long rejected = rejected();
    long accepted = counts().stream().mapToLong(SliceCount::accepted).sum();
    double share = (double) rejected / (rejected + accepted);
    if (accepted > 0 && share <= maxRejectedShare) {
      return;
    }
    SliceCount first =
        counts().stream().filter(count -> count.rejected() > 0).findFirst().orElseThrow();
    throw new UnusableInputException(
        ("Cannot use the %s traces from %s: %d of %d %s rejected, a share of %.4f where %.4f is"
                + " accepted and one trace at least must be left; mend or remove them, the first"
                + " is %s: %s")
            .formatted(
                location.split().label(),
                location,
                rejected,
                rejected + accepted,
                // Each file gives at least one trace or reject. If there are no more than files,
                // each gave one.
                rejected + accepted == files ? "files" : "traces in %d files".formatted(files),
                share,
                maxRejectedShare,
                source.address(first.firstRejected()),
                first.firstReason()));
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
        counts = parsed.mapPartitions(slice -> countOf(slice)).collect();
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
