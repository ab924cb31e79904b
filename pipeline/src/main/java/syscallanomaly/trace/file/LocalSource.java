package syscallanomaly.trace.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The files below a local folder. Hadoop opens those whose names it can hold, and checks their
 * checksums where it has written some beside them. The others are opened without it.
 */
final class LocalSource implements TraceSource {
  private static final long serialVersionUID = 1L;

  private final FolderSource hadoop;
  private final String folder;

  /**
   * @param configuration configuration of the Hadoop file systems
   * @param folder fully qualified path of the folder
   */
  LocalSource(SerializableConfiguration configuration, org.apache.hadoop.fs.Path folder) {
    this.hadoop = new FolderSource(configuration, folder);
    this.folder = folder.toUri().getPath();
  }

  @Override
  public String address(String name) {
    return hadoop.address(name);
  }

  @Override
  public String folder() {
    return hadoop.folder();
  }

  @Override
  public Contents contents() {
    return new Contents() {
      @Override
      public InputStream open(TraceFile file) throws IOException {
        return LocalSource.this.open(file, 0);
      }

      @Override
      public InputStream open(TraceFile file, long position) throws IOException {
        return LocalSource.this.open(file, position);
      }

      @Override
      public void close() {
        // Each file is closed by itself.
      }
    };
  }

  private InputStream open(TraceFile listed, long position) throws IOException {
    String text = TraceLocation.join(folder, listed.name());
    Path file = LocalFiles.path(text);
    try {
      // Hadoop reports a missing file and a forbidden one in the same way.
      file.getFileSystem().provider().checkAccess(file, AccessMode.READ);
      if (isForHadoop(text, file)) {
        return hadoop.open(listed, position);
      }
      InputStream in = new StorageStream(Files.newInputStream(file));
      in.skipNBytes(position);
      return in;
    } catch (IOException | RuntimeException | FSError e) {
      throw StorageException.unlessDenied(e);
    }
  }

  /** Names with a colon are none to Hadoop, and it must find the same bytes as this class. */
  private static boolean isForHadoop(String text, Path file) {
    return text.indexOf(':') < 0 && file.toString().equals(text);
  }
}
