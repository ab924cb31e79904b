package syscallanomaly.trace.file;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.impl.FutureIOSupport;
import org.apache.hadoop.fs.s3a.S3AFileStatus;
import org.apache.spark.util.SerializableConfiguration;

/** The files below a folder of any Hadoop file system. */
final class FolderSource implements TraceSource {
  private static final long serialVersionUID = 1L;

  /**
   * Modification time of every file, in milliseconds since 1970. Opening a file does not depend on
   * it.
   */
  private static final long LISTED_AT = 0;

  private final SerializableConfiguration configuration;
  private final String path;

  /**
   * @param configuration configuration of the Hadoop file systems
   * @param path fully qualified path of the folder
   */
  FolderSource(SerializableConfiguration configuration, Path path) {
    this.configuration = configuration;
    this.path = path.toString();
  }

  @Override
  public String address(String name) {
    return path.endsWith("/") ? path + name : path + "/" + name;
  }

  @Override
  public String folder() {
    return new Path(path).getName();
  }

  @Override
  public Contents contents() {
    return new Contents() {
      @Override
      public InputStream open(TraceFile file) throws IOException {
        return FolderSource.this.open(file);
      }

      @Override
      public InputStream open(TraceFile file, long position) throws IOException {
        return FolderSource.this.open(file, position);
      }

      @Override
      public void close() {
        // Hadoop shares file systems within a process, so they stay open.
      }
    };
  }

  InputStream open(TraceFile listed) throws IOException {
    return open(listed, 0);
  }

  InputStream open(TraceFile listed, long position) throws IOException {
    Path file = new Path(address(listed.name()));
    try {
      FileSystem files = file.getFileSystem(configuration.value());
      // With the size from the listing, the S3 client need not ask for it again. That client
      // accepts this class alone, and other file systems ignore it.
      FileStatus status =
          new S3AFileStatus(
              listed.bytes(),
              LISTED_AT,
              file,
              files.getDefaultBlockSize(file),
              /* owner= */ null,
              /* eTag= */ null,
              /* versionId= */ null);
      FSDataInputStream in =
          FutureIOSupport.awaitFuture(files.openFile(file).withFileStatus(status).build());
      try {
        if (position > 0) {
          in.seek(position);
        }
      } catch (IOException | RuntimeException | FSError e) {
        in.close();
        throw e;
      }
      return new StorageStream(in);
    } catch (IOException | RuntimeException | FSError e) {
      throw StorageException.unlessDenied(e);
    }
  }
}
