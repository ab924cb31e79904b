package syscallanomaly.trace;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/** Files below a folder of any Hadoop file system. */
final class FolderSource implements TraceSource {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration configuration;
  private final String path;

  /**
   * @param path fully qualified
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
      public InputStream open(String name) throws IOException {
        Path file = new Path(address(name));
        return file.getFileSystem(configuration.value()).open(file);
      }

      @Override
      public void close() {
        // Hadoop shares file systems within a process: not ours to close.
      }
    };
  }
}
