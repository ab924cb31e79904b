package syscallanomaly.trace.file;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.trace.UnusableInputException;

/** Lists the files below a folder, or those that match a glob, on any Hadoop file system. */
public final class FolderListing {
  private FolderListing() {}

  /**
   * Lists what a location names.
   *
   * @throws UnusableInputException if the place is missing or is no folder
   * @throws IOException if the file system refuses
   */
  public static TraceListing of(SerializableConfiguration configuration, TraceLocation location)
      throws IOException {
    FileSystem files = new Path(location.toString()).getFileSystem(configuration.value());
    FolderTree tree =
        files.getUri().getScheme().equals("file")
            ? new LocalFolders(configuration, location, files)
            : new HadoopFolders(configuration, location, files);
    Optional<String> top = Optional.of(location.top());
    while (top.isPresent()) {
      String place = TraceLocation.join(top.get(), location.below());
      Optional<TraceListing> found = tree.folder(place);
      if (found.isEmpty() && TraceLocation.isGlob(place)) {
        found = tree.glob(place);
      }
      if (found.isPresent()) {
        return found.get();
      }
      top = tree.onlyFolder(top.get());
    }
    throw location.unusable(
        TraceLocation.isGlob(location.toString())
            ? "nothing matches the glob"
            : "no such file or folder");
  }
}
