package syscallanomaly.trace;

import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;

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
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.format.ParsedTrace;

/**
 * The traces of one split, and the files and traces that cannot be used. The files were listed once
 * and are opened once, at the first use: a corpus is as a rule many small files, and to open one
 * takes longer than to read it. After that the workers have their calls on local disk, 4 bytes
 * each, until this is no longer in use; a worker that is lost is replaced by reading its files
 * again.
 */
public final class TraceSet {
  /**
   * Column of {@link #rejects()}: string, full path, or {@code archive!/entry}, and a suffix for
   * one of several traces.
   */
  public static final String FILE = "file";

  /** Column of {@link #rejects()}: string, one line. */
  public static final String REASON = "reason";

  private static final String JOB_DESCRIPTION = "spark.job.description";

  private final SparkSession spark;
  private final TraceLocation location;
  private final TraceSource source;
  private final double maxRejectedShare;
  private final String fingerprint;
  private final long bytes;
  private final long files;
  private final JavaRDD<ParsedTrace> parsed;
  private List<SliceCount> counts;
  private Dataset<Row> traces;

  TraceSet(
      SparkSession spark,
      TraceLocation location,
      TraceSource source,
      List<FileSlice> slices,
      SliceReader reader,
      double maxRejectedShare,
      String fingerprint) {
    this.spark = spark;
    this.location = location;
    this.source = source;
    this.maxRejectedShare = maxRejectedShare;
    this.fingerprint = fingerprint;
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

  /** Size of all files together, those rejected included; in a zip, of the entries unpacked. */
  public long bytes() {
    return bytes;
  }

  /**
   * Columns {@link TraceColumns#ORDINAL}, {@link TraceColumns#TRACE_ID}, {@link
   * TraceColumns#FAMILY}, {@link TraceColumns#CALLS}: a row for each trace accepted, partitions and
   * rows within them in ordinal order. The family is the name of the folder that the file lies in,
   * without its number: {@code Adduser} for {@code Adduser_1/UAD-1.txt}. The same Dataset at every
   * call.
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
   * Columns {@link TraceColumns#SPLIT}, {@link #FILE}, {@link #REASON}: a row for each reject, see
   * {@link #rejected()}.
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
   * Number of rejects: traces that are not valid, files that hold none, and files whose reading
   * failed. In a format of one trace a file this is the number of files rejected.
   */
  public long rejected() {
    return counts().stream().mapToLong(SliceCount::rejected).sum();
  }

  /**
   * Ends a run that would go on with too little.
   *
   * @throws UnusableInputException when no trace is left, or the rejects are a larger share of
   *     traces and rejects than {@link TraceSettings#maxRejectedShare()}
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
                // Each file gives a trace or a reject at least: one each, if these are no more.
                rejected + accepted == files ? "files" : "traces in %d files".formatted(files),
                share,
                maxRejectedShare,
                source.address(first.firstRejected()),
                first.firstReason()));
  }

  /**
   * SHA-256, in hexadecimal, over the names and sizes of all files in order and their modification
   * times (in a zip: their CRC-32). The same files give the same fingerprint; contents are not read
   * for it.
   */
  public String fingerprint() {
    return fingerprint;
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
