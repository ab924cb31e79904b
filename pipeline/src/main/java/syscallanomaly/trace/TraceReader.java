package syscallanomaly.trace;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.trace.archive.ArchiveListing;
import syscallanomaly.trace.archive.ZippedFolder;
import syscallanomaly.trace.event.text.EventFormats;
import syscallanomaly.trace.file.FolderListing;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.trace.format.TraceFormat;
import syscallanomaly.trace.format.TraceFormats;

/**
 * Reads raw system-call traces from the files below a split's folder. A {@link TraceFormat} turns a
 * file into one trace or several; {@link Formats} lists the formats, among them those of events
 * ({@link HostTraces}). Files whose names end with {@code .gz} or {@code .zst} are unpacked. Files
 * and folders whose names start with {@code .} or {@code _} are skipped and counted. A file or
 * trace that is not valid is rejected with a reason, and reading goes on. So is a file that the
 * user may not read. If disk, network or service fail to give a file, the task fails, Spark tries
 * it again, and after the last attempt the job ends with an {@link UnusableInputException}.
 *
 * <p>On a local disk, links are followed after all else, in the order of their names, and none to a
 * file or folder that is read already. Such links are rejects, and so are links that lead nowhere,
 * pipes, sockets and devices, which are not opened, and files whose names are not UTF-8. A folder
 * that cannot be listed ends the reading, because nobody knows how many traces it holds.
 *
 * <p>The place of a split is a folder, a glob or a zip on any Hadoop file system. The zips in a
 * folder are opened: their entries are read like files of the folder. A folder or a glob inside a
 * zip is written {@code archive.zip!/folder}. In a glob, {@code {from..to}} stands for all names of
 * files or folders from one to the other, both included, compared as text; either may be missing.
 * So {@code {..m}} and {@code {n..}} share a folder out by name or date. A relative place is
 * resolved below {@link TraceSettings#root()}. If it is not found there and the root holds a single
 * folder, it is looked up in that folder.
 */
public final class TraceReader {
  private final SparkSession spark;
  private final TraceSettings settings;
  private final int largestCall;
  private final Optional<TraceFormat> own;

  /**
   * Makes a reader of the format that the settings name.
   *
   * @param spark session that reads
   * @param settings where the traces lie, and which are accepted
   * @param largestCall largest accepted system-call number, at least 0. A vocabulary of the fixed
   *     size K + 1 accepts 0 to K. {@code Integer.MAX_VALUE} sets no limit.
   * @throws UnusableInputException if the settings name an unknown format
   */
  public TraceReader(SparkSession spark, TraceSettings settings, int largestCall) {
    this(spark, settings, largestCall, Optional.empty());
    if (!Formats.names().contains(settings.format())) {
      throw new UnusableInputException(
          "Cannot read traces of the format '%s': no such format; there are %s"
              .formatted(settings.format(), String.join(", ", Formats.names())));
    }
  }

  /** Makes a reader of the caller's own format. The format that the settings name is ignored. */
  TraceReader(SparkSession spark, TraceSettings settings, int largestCall, TraceFormat format) {
    this(spark, settings, largestCall, Optional.of(format));
  }

  private TraceReader(
      SparkSession spark, TraceSettings settings, int largestCall, Optional<TraceFormat> own) {
    this.spark = spark;
    this.settings = settings;
    this.largestCall = largestCall;
    this.own = own;
  }

  /**
   * Lists the files of a split. The executors read their contents when the result is first used.
   *
   * @throws UnusableInputException if the settings name no place for the split, if the place is
   *     missing, empty, not readable or no folder, glob or zip, if a zip is damaged or has entries
   *     that point outside it, or if a table of events lacks a column
   */
  public TraceSet read(Split split) {
    TraceLocation location = TraceLocation.of(settings, split);
    HostTraces hosts = new HostTraces(spark, settings, largestCall);
    if (own.isEmpty() && HostTraces.isTable(location)) {
      return hosts.ofTable(location);
    }
    TraceListing listing = list(location);
    if (listing.files().isEmpty()) {
      throw location.unusable("it holds no file");
    }
    if (own.isPresent()) {
      return ofFiles(location, listing, own.get(), Optional.empty());
    }
    boolean auto = settings.format().equals(Formats.AUTO);
    Optional<FoundFormat> found =
        auto ? Optional.of(FoundFormat.in(location, listing)) : Optional.empty();
    String format = found.map(FoundFormat::name).orElse(settings.format());
    Optional<String> how = found.map(FoundFormat::how);
    if (format.equals(Formats.EVENTS)) {
      return hosts.ofTableFiles(location, listing, how);
    }
    return EventFormats.named(format)
        .map(lines -> hosts.ofLines(location, listing, lines, how))
        .orElseGet(() -> ofFiles(location, listing, TraceFormats.named(format), how));
  }

  private TraceSet ofFiles(
      TraceLocation location, TraceListing listing, TraceFormat format, Optional<String> how) {
    SQLConf conf = spark.sessionState().conf();
    List<FileSlice> slices =
        FileSlice.cut(
            listing.files(),
            conf.filesMaxPartitionBytes(),
            conf.filesOpenCostInBytes(),
            spark.sparkContext().defaultParallelism());
    SliceReader reader =
        new SliceReader(listing.source(), format, settings.maxBytes(), largestCall);
    return new TraceSet(
        spark,
        location,
        TraceInput.of(listing, how),
        settings.maxRejectedShare(),
        () ->
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(slices, slices.size())
                .mapPartitions(slice -> reader.read(slice.next())));
  }

  private TraceListing list(TraceLocation location) {
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    try {
      return location.archive()
          ? listArchive(configuration, location)
          : listFolder(configuration, location);
    } catch (UnusableInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Hadoop reports an unknown host or a missing connector as a RuntimeException.
      throw location.unusable(e);
    }
  }

  private static TraceListing listFolder(
      SerializableConfiguration configuration, TraceLocation location) throws IOException {
    return ZippedFolder.of(configuration, FolderListing.of(configuration, location));
  }

  private static TraceListing listArchive(
      SerializableConfiguration configuration, TraceLocation location) throws IOException {
    Path path = new Path(location.top());
    FileSystem files = path.getFileSystem(configuration.value());
    FileStatus status;
    try {
      status = files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      if (!TraceLocation.isGlob(location.top())) {
        throw location.unusable("no such archive");
      }
      if (location.below().isEmpty()) {
        return listFolder(configuration, location.asFolder());
      }
      throw location.unusable(
          "a glob stands for whole archives only; name the folder in which they lie");
    }
    return status.isDirectory()
        ? listFolder(configuration, location.asFolder())
        : ArchiveListing.of(configuration, location, files.makeQualified(path));
  }
}
