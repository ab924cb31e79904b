package syscallanomaly.trace;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.trace.file.ArchiveListing;
import syscallanomaly.trace.file.FolderListing;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.trace.format.TraceFormat;
import syscallanomaly.trace.format.TraceFormats;

/**
 * Reads raw system-call traces from the files below a split's folder. What a file holds, one trace
 * or several, its {@link TraceFormat} knows; {@link TraceFormats} lists the formats. Files and
 * folders whose names start with {@code .} or {@code _} are skipped. Every other file, or trace in
 * one, that is not valid is rejected with its reason and does not stop the others.
 *
 * <p>A split lies in a folder, in what a glob stands for, or in a zip ({@code archive.zip!/folder},
 * where the folder may be a glob too), on any Hadoop file system. A relative place is below {@link
 * TraceSettings#root()}; where it is not found there and the root holds a single folder, it is
 * looked up in that one.
 */
public final class TraceReader {
  private final SparkSession spark;
  private final TraceSettings settings;
  private final int largestCall;
  private final TraceFormat format;

  /**
   * Reads in the format that the settings name.
   *
   * @param largestCall largest number accepted (a vocabulary of the fixed size K + 1 accepts 0 to
   *     K); {@code Integer.MAX_VALUE}: no limit
   * @throws UnusableInputException when the settings name a format that is not known
   */
  public TraceReader(SparkSession spark, TraceSettings settings, int largestCall) {
    this(spark, settings, largestCall, TraceFormats.named(settings.format()));
  }

  /** Reads in a format of the caller's own, whatever the settings name. */
  TraceReader(SparkSession spark, TraceSettings settings, int largestCall, TraceFormat format) {
    this.spark = spark;
    this.settings = settings;
    this.largestCall = largestCall;
    this.format = format;
  }

  /**
   * Lists the files of a split; their contents are read when the result is used, by the executors.
   *
   * @throws UnusableInputException when the place is missing, empty, not readable or not a folder,
   *     glob or zip; when a zip is damaged or has entries that point outside it; when the settings
   *     name no place for the split
   */
  public TraceSet read(Split split) {
    TraceLocation location = TraceLocation.of(settings, split);
    TraceListing listing = list(location);
    if (listing.files().isEmpty()) {
      throw location.unusable("it holds no file");
    }
    SQLConf conf = spark.sessionState().conf();
    List<FileSlice> slices =
        FileSlice.cut(
            listing.files(),
            conf.filesMaxPartitionBytes(),
            conf.filesOpenCostInBytes(),
            spark.sparkContext().defaultParallelism());
    return new TraceSet(
        spark,
        location,
        listing.source(),
        slices,
        new SliceReader(listing.source(), format, settings.maxBytes(), largestCall),
        settings.maxRejectedShare(),
        listing.fingerprint());
  }

  private TraceListing list(TraceLocation location) {
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    try {
      return location.archive()
          ? listArchive(configuration, location)
          : FolderListing.of(configuration, location);
    } catch (UnusableInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Hadoop reports an unknown host or a missing connector as a RuntimeException.
      throw location.unusable(e);
    }
  }

  private static TraceListing listArchive(
      SerializableConfiguration configuration, TraceLocation location) throws IOException {
    Path path = new Path(location.top());
    FileSystem files = path.getFileSystem(configuration.value());
    FileStatus status;
    try {
      status = files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw location.unusable(
          TraceLocation.isGlob(location.top())
              ? "a glob cannot stand for an archive"
              : "no such archive");
    }
    return status.isDirectory()
        ? FolderListing.of(configuration, location.asFolder())
        : ArchiveListing.of(configuration, location, files.makeQualified(path));
  }
}
