package syscallanomaly.trace.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.trace.file.ArchiveFile;
import syscallanomaly.trace.file.FileSystemRefusal;
import syscallanomaly.trace.file.StorageException;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceSource;

/**
 * Looks into the zips among the files of a folder. Each gives its entries, whose names start with
 * that of the zip: {@code day1.zip!/a.log}. A zip that is damaged is refused as a file is.
 */
public final class ZippedFolder {
  /** Directories that are read at the same time: most of the time goes into waiting for them. */
  private static final int THREADS = 16;

  private final SerializableConfiguration configuration;
  private final TraceSource folder;

  private ZippedFolder(SerializableConfiguration configuration, TraceSource folder) {
    this.configuration = configuration;
    this.folder = folder;
  }

  /**
   * Replaces the zips of a listing by their entries. A listing without zips stays as it is.
   *
   * @param configuration configuration of the Hadoop file systems
   * @param listing what lies in a folder or matches a glob
   * @throws IOException if the file system fails
   */
  public static TraceListing of(SerializableConfiguration configuration, TraceListing listing)
      throws IOException {
    return listing.files().stream().anyMatch(ZippedFolder::isArchive)
        ? new ZippedFolder(configuration, listing.source()).opened(listing)
        : listing;
  }

  private static boolean isArchive(TraceFile file) {
    return file.refusal() == null && ArchiveFile.isArchive(file.name());
  }

  private TraceListing opened(TraceListing listing) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<TraceFile> found = new ArrayList<>();
    try {
      List<Future<List<TraceFile>>> archives = new ArrayList<>();
      for (TraceFile file : listing.files()) {
        if (isArchive(file)) {
          archives.add(threads.submit(() -> entries(file)));
        } else {
          found.add(file);
        }
      }
      for (Future<List<TraceFile>> archive : archives) {
        found.addAll(archive.get());
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted while its zips were listed", e);
    } finally {
      threads.shutdownNow();
    }
    return TraceListing.of(new ZippedSource(configuration, folder), found, listing.hidden());
  }

  private List<TraceFile> entries(TraceFile zip) throws StorageException {
    try {
      List<TraceFile> entries = ArchiveListing.entries(configuration, folder, zip);
      return entries.isEmpty() ? List.of(zip.refused("is a zip without a file")) : entries;
    } catch (StorageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return List.of(zip.refused("is a zip that cannot be read: " + FileSystemRefusal.reason(e)));
    }
  }
}
