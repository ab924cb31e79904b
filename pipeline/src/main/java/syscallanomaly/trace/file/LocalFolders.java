package syscallanomaly.trace.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Lists local folders by the bytes of their names. Hadoop's own file system follows links for ever,
 * cannot see names that the encoding of the process lacks, and takes pipes for files.
 */
final class LocalFolders implements FolderTree {
  private static final String NOT_A_FOLDER = "Not a directory";

  private final SerializableConfiguration configuration;
  private final TraceLocation location;
  private final FileSystem files;

  /**
   * @param files resolves relative paths
   */
  LocalFolders(SerializableConfiguration configuration, TraceLocation location, FileSystem files) {
    this.configuration = configuration;
    this.location = location;
    this.files = files;
  }

  @Override
  public Optional<TraceListing> folder(String place) throws IOException {
    org.apache.hadoop.fs.Path qualified = qualified(place);
    Path folder = local(qualified);
    if (!exists(folder)) {
      return Optional.empty();
    }
    if (!Files.isDirectory(folder)) {
      throw location.unusable("it is a plain file where a folder, a glob or a .zip is needed");
    }
    LocalTree tree = new LocalTree();
    tree.addFolder(folder);
    tree.followLinks();
    return Optional.of(listing(qualified, tree));
  }

  @Override
  public Optional<TraceListing> glob(String place) throws IOException {
    Map<FileName, Path> matches = LocalGlob.matches(qualified(place).toUri().getPath());
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    org.apache.hadoop.fs.Path base = qualified(FolderTree.withoutGlob(place));
    Path top = local(base);
    Path realTop = top.toRealPath();
    int start = base.isRoot() ? 1 : base.toUri().getPath().length() + 1;
    LocalTree tree = new LocalTree();
    for (Map.Entry<FileName, Path> match : matches.entrySet()) {
      FileName absolute = match.getKey();
      FileName name = new FileName(absolute.text().substring(start), absolute.utf8());
      Path expected = realTop.resolve(top.relativize(match.getValue()));
      tree.add(name, match.getValue(), isReal(match.getValue(), expected));
    }
    tree.followLinks();
    return Optional.of(listing(base, tree));
  }

  private static boolean isReal(Path file, Path expected) throws IOException {
    try {
      return file.toRealPath().equals(expected);
    } catch (FileSystemException e) {
      // Whatever is wrong with the link is found when it is followed.
      return false;
    }
  }

  @Override
  public Optional<String> onlyFolder(String top) throws IOException {
    if (top.isEmpty() || TraceLocation.isGlob(top) || !Files.isDirectory(local(qualified(top)))) {
      return Optional.empty();
    }
    Optional<Path> only = Optional.empty();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(local(qualified(top)))) {
      for (Path child : children) {
        if (!TraceFile.isHidden(LocalFiles.name(child).text())) {
          if (only.isPresent()) {
            return Optional.empty();
          }
          only = Optional.of(child);
        }
      }
    }
    return only.filter(child -> Files.isDirectory(child) && LocalFiles.name(child).utf8())
        .map(child -> TraceLocation.join(top, LocalFiles.name(child).text()));
  }

  private TraceListing listing(org.apache.hadoop.fs.Path base, LocalTree tree) {
    return TraceListing.of(new LocalSource(configuration, base), tree.found(), tree.hidden());
  }

  private org.apache.hadoop.fs.Path qualified(String place) {
    return files.makeQualified(new org.apache.hadoop.fs.Path(place));
  }

  private static Path local(org.apache.hadoop.fs.Path qualified) {
    return LocalFiles.path(qualified.toUri().getPath());
  }

  private static boolean exists(Path path) throws IOException {
    try {
      path.getFileSystem().provider().checkAccess(path);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (FileSystemException e) {
      if (NOT_A_FOLDER.equals(e.getReason())) {
        return false;
      }
      throw e;
    }
  }
}
