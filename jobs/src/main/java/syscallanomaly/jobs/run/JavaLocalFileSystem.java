package syscallanomaly.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, but Java sets and reads the permissions of files. Without Hadoop's
 * native library, which Maven does not bring, Hadoop starts the programs {@code chmod} and {@code
 * ls} for it: three hundred times in a short run.
 */
public final class JavaLocalFileSystem extends LocalFileSystem {
  private static final URI LOCAL = URI.create("file:///");

  /** Makes a file system, which Hadoop initialises. */
  public JavaLocalFileSystem() {
    super(new Raw());
  }

  /**
   * Lets Hadoop take this file system for local files in this process from now on, unless the
   * configuration names another one than Hadoop's own.
   */
  public static void replaceHadoops(Configuration configuration) {
    try {
      // Hadoop keeps one file system for each kind, whatever the configuration says later.
      FileSystem kept = FileSystem.get(LOCAL, configuration);
      if (kept.getClass().equals(LocalFileSystem.class)) {
        kept.close();
        Configuration own = new Configuration(configuration);
        own.setClass("fs.file.impl", JavaLocalFileSystem.class, FileSystem.class);
        FileSystem.get(LOCAL, own);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the local file system", e);
    }
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      // Java does not know the sticky bit.
      if (permission.getStickyBit()) {
        super.setPermission(path, permission);
        return;
      }
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(symbols);
      try {
        Files.setPosixFilePermissions(pathToFile(path).toPath(), permissions);
      } catch (NoSuchFileException e) {
        throw new FileNotFoundException("File " + path + " does not exist");
      } catch (UnsupportedOperationException | InvalidPathException e) {
        // A file system without such permissions, or a name that Java cannot encode.
        super.setPermission(path, permission);
      }
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      FileStatus status = super.getFileStatus(path);
      try {
        return new Status(status, pathToFile(path).toPath());
      } catch (InvalidPathException e) {
        return status;
      }
    }
  }

  /** A status that looks for owner and permissions when they are asked for, as Hadoop's does. */
  private static final class Status extends FileStatus {
    private static final long serialVersionUID = 1L;
    private final transient java.nio.file.Path file;
    private final transient FileStatus hadoops;
    private boolean complete;

    Status(FileStatus hadoops, java.nio.file.Path file) {
      super(
          hadoops.getLen(),
          hadoops.isDirectory(),
          hadoops.getReplication(),
          hadoops.getBlockSize(),
          hadoops.getModificationTime(),
          hadoops.getAccessTime(),
          null,
          null,
          null,
          hadoops.getPath());
      this.file = file;
      this.hadoops = hadoops;
    }

    @Override
    public FsPermission getPermission() {
      completed();
      return super.getPermission();
    }

    @Override
    public String getOwner() {
      completed();
      return super.getOwner();
    }

    @Override
    public String getGroup() {
      completed();
      return super.getGroup();
    }

    private synchronized void completed() {
      if (complete) {
        return;
      }
      if (!readInJava()) {
        setPermission(hadoops.getPermission());
        setOwner(hadoops.getOwner());
        setGroup(hadoops.getGroup());
      }
      complete = true;
    }

    private boolean readInJava() {
      PosixFileAttributes found;
      try {
        found = Files.readAttributes(file, PosixFileAttributes.class);
      } catch (IOException | UnsupportedOperationException e) {
        return false;
      }
      // What everybody may write may have a sticky bit, which Java does not know.
      if (found.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
        return false;
      }
      setPermission(FsPermission.valueOf("-" + PosixFilePermissions.toString(found.permissions())));
      setOwner(found.owner().getName());
      setGroup(found.group().getName());
      return true;
    }

    private Object writeReplace() throws IOException {
      return new FileStatus(this);
    }
  }
}
