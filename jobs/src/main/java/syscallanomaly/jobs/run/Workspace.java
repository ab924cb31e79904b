package syscallanomaly.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import syscallanomaly.trace.file.FileSystemRefusal;

/** The folder under which runs, models and metric tables live, on any Hadoop file system. */
public final class Workspace {
  /** Files and folders are written beside their place, under a name that begins with a dot. */
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
   * Opens a workspace and tries to write there, so that a mistake shows before any work is done.
   *
   * @param location folder or URI; the folder is made where it is missing
   * @throws UnusableWorkspaceException where nothing can be written
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
   * A workspace to read from, without a try whether it can be written.
   *
   * @throws IOException where its file system cannot be reached
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

  /** Whether it is on the disks of this machine, as far as Hadoop knows. */
  public boolean isLocal() {
    return root.toUri().getScheme().equals("file");
  }

  /** The folder of a run. */
  public RunFolder run(String runId) {
    return new RunFolder(this, new Path(new Path(root, "runs"), runId));
  }

  FileSystem files() {
    return files;
  }

  /**
   * Writes a file as a whole: readers see the former content or the new one, never a part.
   *
   * @param path a file of this workspace's file system; missing folders are made
   */
  public void writeAtomically(Path path, byte[] content) throws IOException {
    writeAtomically(path, out -> out.write(content));
  }

  /** Likewise, with content that is not held in memory. */
  public void writeAtomically(Path path, Content content) throws IOException {
    if (publishesWhatIsClosed()) {
      writeAndClose(path, content);
    } else {
      writeBesideAndRename(path, content);
    }
  }

  /** Writes the content of a file. */
  public interface Content {
    /** Writes all of it; where this throws, the file stays as it was. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Whether a file appears as a whole when its stream is closed. Object stores are so, and have no
   * renames that are atomic.
   */
  public boolean publishesWhatIsClosed() throws IOException {
    return files.hasPathCapability(root, CommonPathCapabilities.ABORTABLE_STREAM);
  }

  private void writeAndClose(Path path, Content content) throws IOException {
    FSDataOutputStream out = files.create(path, /* overwrite= */ true);
    // Spark throws checked exceptions that no method declares: no catch would name them all.
    boolean complete = false;
    try {
      content.writeTo(out);
      complete = true;
    } finally {
      if (!complete) {
        // Closing it would publish what has been written so far.
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
   * Deletes what is left in a folder of files and folders that were about to be written when their
   * program was killed. No other program may write there.
   */
  void deleteUnfinished(Path folder) throws IOException {
    for (FileStatus entry : list(folder)) {
      if (UNFINISHED.matcher(entry.getPath().getName()).matches()) {
        delete(entry.getPath());
      }
    }
  }

  /** Deletes a file or folder, whether it is there or not. */
  public void delete(Path path) throws IOException {
    files.delete(path, /* recursive= */ true);
  }

  /** The files of a folder, in no order; none where there is no such folder. */
  public List<Path> files(Path folder) throws IOException {
    return list(folder).stream().filter(FileStatus::isFile).map(FileStatus::getPath).toList();
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
      // A file system that only FileSystem knows renames to free names only.
      files.delete(to, /* recursive= */ false);
      if (!files.rename(from, to)) {
        throw new IOException("Cannot rename " + from + " to " + to, e);
      }
    }
  }

  /**
   * Hadoop would delete the former file first and bring the checksum, a file of its own, later. A
   * reader in between would see nothing, and a program that is killed there would leave a file that
   * its checksum contradicts.
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

  /** A server that is not there is tried for minutes otherwise, with nobody told of it. */
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
