package syscallanomaly.trace.archive;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.trace.file.StorageException;
import syscallanomaly.trace.file.TraceSource;

/**
 * The entries below a folder inside a zip archive on any Hadoop file system. Nothing is extracted
 * to disk.
 */
final class ArchiveSource implements TraceSource {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration configuration;
  private final String archive;
  private final String inside;
  private final long size;
  private final long modified;

  /**
   * @param configuration configuration of the Hadoop file systems
   * @param archive fully qualified path of the zip
   * @param inside folder inside the zip that names are relative to; it is empty or ends with /
   * @param size size of the zip in bytes when it was listed
   * @param modified modification time of the zip when it was listed, in milliseconds since 1970
   */
  ArchiveSource(
      SerializableConfiguration configuration,
      Path archive,
      String inside,
      long size,
      long modified) {
    this.configuration = configuration;
    this.archive = archive.toString();
    this.inside = inside;
    this.size = size;
    this.modified = modified;
  }

  /**
   * Opens the archive. The caller must close it.
   *
   * @throws StorageException if the file system refuses, or if the archive has changed, so that the
   *     positions of its entries are others
   */
  HadoopChannel open() throws IOException {
    HadoopChannel opened = HadoopChannel.open(configuration.value(), new Path(archive));
    if (opened.size() != size || opened.modified() != modified) {
      opened.close();
      throw new StorageException("the archive has changed since it was listed");
    }
    return opened;
  }

  /** Folder inside the zip that names are relative to; it is empty or ends with /. */
  String inside() {
    return inside;
  }

  @Override
  public String address(String name) {
    return archive + "!/" + inside + name;
  }

  @Override
  public String folder() {
    String name = new Path(archive + "/" + inside).getName();
    return inside.isEmpty() ? name.substring(0, name.length() - ".zip".length()) : name;
  }

  @Override
  public Contents contents() {
    return new ArchiveContents(this);
  }
}
