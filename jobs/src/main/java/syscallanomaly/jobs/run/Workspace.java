package syscallanomaly.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import syscallanomaly.trace.file.FileSystemRefusal;

/** The folder that holds runs, models and metric tables, on any Hadoop file system. */
public final class Workspace {
  /**
   * Names of unfinished files and folders. They are written next to their final place, under a name
   * that begins with a dot.
   */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path root;
  private final FileSystem files;
  private final Configuration hadoop;

  private Workspace(Path root, FileSystem files, Configuration hadoop) {
    this.root = root;
    this.files = files;
    this.hadoop = hadoop;
  }

  /**
   * Opens a workspace and writes a test file, so that a mistake appears before any work is done.
   *
   * @param location folder or URI; the folder is created if it is missing
   * @param hadoop configuration of the Hadoop file systems
   * @throws UnusableWorkspaceException if nothing can be written there
   */
  public static Workspace open(String location, Configuration hadoop)
      throws UnusableWorkspaceException {
    try {
      tryWriting(new Path(location), impatient(hadoop));
      return at(location, hadoop);
    } catch (IOException | RuntimeException e) {
      throw new UnusableWorkspaceException(
          "Cannot write to workspace "
              + location
              + ": "
              + FileSystemRefusal.reason(e)
              + "; set workspace to a folder or URI that can be written",
          e);
    }
  }

  /**
   * Opens a workspace for reading. It does not check whether the workspace can be written.
   *
   * @param location folder or URI
   * @param hadoop configuration of the Hadoop file systems
   * @throws IOException if its file system cannot be reached
   */
  public static Workspace at(String location, Configuration hadoop) throws IOException {
    Path path = new Path(location);
    FileSystem files = path.getFileSystem(hadoop);
    return new Workspace(files.makeQualified(path), files, hadoop);
  }

  /** The folder as an absolute URI. */
  public Path root() {
    return root;
  }

  /** Whether Hadoop takes the folder for one on the disks of this machine. */
  public boolean isLocal() {
    return root.toUri().getScheme().equals("file");
  }

  /** Returns the folder of a run, which need not exist. */
  public RunFolder run(String runId) {
    return new RunFolder(this, new Path(new Path(root, "runs"), runId));
  }

  /** Returns the folder of promoted detectors, which need not exist. */
  public ModelsFolder models() {
    return new ModelsFolder(this);
  }

  FileSystem files() {
    return files;
  }

  /**
   * Writes a file atomically: readers see the former content or the new one, but never a part.
   *
   * @param path a file on this workspace's file system; missing folders are created
   * @param content the whole content
   */
  public void writeAtomically(Path path, byte[] content) throws IOException {
    writeAtomically(path, out -> out.write(content));
  }

  /**
   * Writes a file atomically: readers see the former content or the new one, but never a part.
   *
   * @param path a file on this workspace's file system; missing folders are created
   * @param content writes the content, which need not fit into memory
   */
  public void writeAtomically(Path path, Content content) throws IOException {
    if (publishesWhatIsClosed()) {
      writeAndClose(path, content);
    } else {
      writeBesideAndRename(path, content);
    }
  }

  /** Writes the content of a file. */
  public interface Content {
    /** Writes the whole content. If this throws, the file keeps its former content. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Whether a file appears as a whole when its stream is closed. Object stores work this way; their
   * renames are not atomic.
   */
  public boolean publishesWhatIsClosed() throws IOException {
    return files.hasPathCapability(root, CommonPathCapabilities.ABORTABLE_STREAM);
  }

  private void writeAndClose(Path path, Content content) throws IOException {
    FSDataOutputStream out = files.create(path, /* overwrite= */ true);
    // A flag instead of a catch, because Spark throws checked exceptions that it does not declare.
    boolean complete = false;
    try {
      content.writeTo(out);
      complete = true;
    } finally {
      if (!complete) {
        // Closing the stream would publish the part written so far.
        out.abort();
      }
    }
    out.close();
  }

  private void writeBesideAndRename(Path path, Content content) throws IOException {
    Path beside = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    FileSystem plain = files instanceof LocalFileSystem local ? local.getRaw() : files;
    try {
      try (FSDataOutputStream out = plain.create(beside, /* overwrite= */ true)) {
        content.writeTo(out);
      }
      replace(beside, path);
    } finally {
      plain.delete(beside, /* recursive= */ false);
    }
  }

  /**
   * Deletes the unfinished files and folders that killed programs left in a folder. No other
   * program may write there at the same time.
   */
  void deleteUnfinished(Path folder) throws IOException {
    for (FileStatus entry : list(folder)) {
      if (UNFINISHED.matcher(entry.getPath().getName()).matches()) {
        delete(entry.getPath());
      }
    }
  }

  /** Deletes a file or folder if it exists. */
  void delete(Path path) throws IOException {
    files.delete(path, /* recursive= */ true);
  }

  /** Returns the files of a folder in no particular order; none if the folder does not exist. */
  public List<Path> files(Path folder) throws IOException {
    return list(folder).stream().filter(FileStatus::isFile).map(FileStatus::getPath).toList();
  }

  /** Returns the folders in a folder in no particular order; none if it does not exist. */
  public List<Path> folders(Path folder) throws IOException {
    return list(folder).stream().filter(FileStatus::isDirectory).map(FileStatus::getPath).toList();
  }

  /** Whether there is a file or folder. */
  public boolean has(Path path) throws IOException {
    return files.exists(path);
  }

  /** Reads a file; empty if there is no such file. */
  public Optional<byte[]> read(Path path) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private List<FileStatus> list(Path folder) throws IOException {
    try {
      return Arrays.asList(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private void replace(Path from, Path to) throws IOException {
    if (files instanceof LocalFileSystem local) {
      replace(local, from, to);
      return;
    }
    try {
      FileContext.getFileContext(to.toUri(), hadoop).rename(from, to, Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      // A file system without FileContext renames only to names that are free.
      files.delete(to, /* recursive= */ false);
      if (!files.rename(from, to)) {
        throw new IOException("Cannot rename " + from + " to " + to, e);
      }
    }
  }

  /**
   * Replaces a local file and its checksum. Hadoop itself would delete the former file first and
   * move the checksum, which is a separate file, later. A reader in between would see no file, and
   * a program killed in between would leave a file that contradicts its checksum.
   */
  private static void replace(LocalFileSystem local, Path from, Path to) throws IOException {
    Files.deleteIfExists(local.pathToFile(local.getChecksumFile(to)).toPath());
    Files.move(
        local.pathToFile(from).toPath(),
        local.pathToFile(to).toPath(),
        StandardCopyOption.ATOMIC_MOVE);
  }

  private static void tryWriting(Path root, Configuration hadoop) throws IOException {
    try (FileSystem files = FileSystem.newInstance(root.toUri(), hadoop)) {
      Path probe = new Path(root, ".probe-" + UUID.randomUUID());
      files.mkdirs(root);
      files.create(probe, /* overwrite= */ true).close();
      files.delete(probe, /* recursive= */ false);
    }
  }

  /**
   * Returns a configuration with few attempts. By default, Hadoop silently tries a missing server
   * for minutes.
   */
  private static Configuration impatient(Configuration hadoop) {
    Configuration impatient = new Configuration(hadoop);
    impatient.setInt("fs.s3a.attempts.maximum", 2);
    impatient.setInt("fs.s3a.retry.limit", 2);
    impatient.setInt("ipc.client.connect.max.retries", 2);
    impatient.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    impatient.setInt("ipc.client.connect.timeout", 10_000);
    return impatient;
  }
}
