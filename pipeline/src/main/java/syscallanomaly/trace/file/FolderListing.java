package syscallanomaly.trace.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.trace.UnusableInputException;

/** Lists the files below a folder, or those that match a glob, on any Hadoop file system. */
public final class FolderListing {
  private final SerializableConfiguration configuration;
  private final TraceLocation location;
  private final FileSystem files;

  private FolderListing(SerializableConfiguration configuration, TraceLocation location)
      throws IOException {
    this.configuration = configuration;
    this.location = location;
    this.files = new Path(location.toString()).getFileSystem(configuration.value());
  }

  /**
   * Lists what a location names.
   *
   * @throws UnusableInputException if the place is missing or is no folder
   * @throws IOException if the file system refuses
   */
  public static TraceListing of(SerializableConfiguration configuration, TraceLocation location)
      throws IOException {
    return new FolderListing(configuration, location).list();
  }

  private TraceListing list() throws IOException {
    Optional<String> top = Optional.of(location.top());
    while (top.isPresent()) {
      String place = TraceLocation.join(top.get(), location.below());
      Optional<TraceListing> found = folder(place);
      if (found.isEmpty() && TraceLocation.isGlob(place)) {
        found = glob(place);
      }
      if (found.isPresent()) {
        return found.get();
      }
      top = onlyFolder(top.get());
    }
    throw location.unusable(
        TraceLocation.isGlob(location.toString())
            ? "nothing matches the glob"
            : "no such file or folder");
  }

  private Optional<TraceListing> folder(String place) throws IOException {
    Path path = files.makeQualified(new Path(place));
    Optional<FileStatus> status = status(path);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    if (!status.get().isDirectory()) {
      throw location.unusable("it is a plain file where a folder, a glob or a .zip is needed");
    }
    return Optional.of(listing(path, List.of(status.get())));
  }

  private Optional<TraceListing> glob(String place) throws IOException {
    FileStatus[] matches = files.globStatus(new Path(place));
    if (matches == null || matches.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        listing(files.makeQualified(new Path(withoutGlob(place))), Arrays.asList(matches)));
  }

  /** Returns the part of the path that lies above the first glob. */
  private static String withoutGlob(String place) {
    int slash = -1;
    for (int next = place.indexOf('/');
        next >= 0 && !TraceLocation.isGlob(place.substring(0, next));
        next = place.indexOf('/', next + 1)) {
      slash = next;
    }
    return slash < 0 ? "." : slash == 0 ? "/" : place.substring(0, slash);
  }

  private TraceListing listing(Path base, List<FileStatus> roots) throws IOException {
    List<TraceFile> found = new ArrayList<>();
    long hidden = 0;
    Deque<FileStatus> pending = new ArrayDeque<>(roots);
    while (!pending.isEmpty()) {
      FileStatus next = pending.pop();
      if (!next.isDirectory()) {
        found.add(traceFile(base, next));
        continue;
      }
      // The method listFiles would start a process for each local file, to read owner and
      // permissions.
      RemoteIterator<FileStatus> children = files.listStatusIterator(next.getPath());
      while (children.hasNext()) {
        FileStatus child = children.next();
        if (TraceFile.isHidden(child.getPath().getName())) {
          hidden++;
        } else {
          pending.push(child);
        }
      }
    }
    return TraceListing.of(new FolderSource(configuration, base), found, hidden);
  }

  private static TraceFile traceFile(Path base, FileStatus file) {
    String folder = base.toUri().getPath();
    String path = file.getPath().toUri().getPath();
    String name = path.substring(folder.endsWith("/") ? folder.length() : folder.length() + 1);
    return new TraceFile(name, file.getLen(), file.getModificationTime());
  }

  /**
   * Returns the only folder below {@code top}, if it holds nothing else. Archives usually unpack
   * into a folder of their own.
   */
  private Optional<String> onlyFolder(String top) throws IOException {
    if (top.isEmpty() || TraceLocation.isGlob(top) || status(new Path(top)).isEmpty()) {
      return Optional.empty();
    }
    List<FileStatus> children =
        Arrays.stream(files.listStatus(new Path(top)))
            .filter(child -> !TraceFile.isHidden(child.getPath().getName()))
            .limit(2)
            .toList();
    return children.size() == 1 && children.get(0).isDirectory()
        ? Optional.of(children.get(0).getPath().toString())
        : Optional.empty();
  }

  private Optional<FileStatus> status(Path path) throws IOException {
    try {
      return Optional.of(files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
