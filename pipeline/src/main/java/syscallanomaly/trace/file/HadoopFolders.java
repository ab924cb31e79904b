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
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.trace.pattern.PathRanges;

/**
 * Lists folders of HDFS, S3 and every other file system that Hadoop knows and that has no links.
 */
final class HadoopFolders implements FolderTree {
  private final SerializableConfiguration configuration;
  private final TraceLocation location;
  private final FileSystem files;

  HadoopFolders(SerializableConfiguration configuration, TraceLocation location, FileSystem files) {
    this.configuration = configuration;
    this.location = location;
    this.files = files;
  }

  @Override
  public Optional<TraceListing> folder(String place) throws IOException {
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

  @Override
  public Optional<TraceListing> glob(String place) throws IOException {
    List<FileStatus> matches = new ArrayList<>();
    for (String pattern : GlobExpander.expand(place)) {
      PathRanges ranges = PathRanges.of(pattern);
      FileStatus[] found = files.globStatus(new Path(ranges.glob()), ranges::accept);
      matches.addAll(found == null ? List.of() : Arrays.asList(found));
    }
    return matches.isEmpty()
        ? Optional.empty()
        : Optional.of(
            listing(files.makeQualified(new Path(FolderTree.withoutGlob(place))), matches));
  }

  @Override
  public Optional<String> onlyFolder(String top) throws IOException {
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

  private Optional<FileStatus> status(Path path) throws IOException {
    try {
      return Optional.of(files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
