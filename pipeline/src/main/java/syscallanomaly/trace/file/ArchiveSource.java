package syscallanomaly.trace.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The entries below a folder inside a zip archive on any Hadoop file system. Nothing is extracted
 * to disk.
 */
final class ArchiveSource implements TraceSource {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration configuration;
  private final String archive;
  private final String inside;

  /**
   * @param configuration configuration of the Hadoop file systems
   * @param archive fully qualified path of the zip
   * @param inside folder inside the zip that names are relative to; it is empty or ends with /
   */
  ArchiveSource(SerializableConfiguration configuration, Path archive, String inside) {
    this.configuration = configuration;
    this.archive = archive.toString();
    this.inside = inside;
  }

  /** Opens an archive. The caller must close it. */
  static ZipFile open(Configuration configuration, Path archive) throws IOException {
    FileSystem files = archive.getFileSystem(configuration);
    long size = files.getFileStatus(archive).getLen();
    HadoopChannel channel = new HadoopChannel(files.open(archive), size);
    try {
      // The local headers only repeat the directory, and reading them costs a seek for every entry.
      return new ZipFile(channel, archive.toString(), "UTF8", true, true);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
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
    return new OpenArchive();
  }

  private final class OpenArchive implements Contents {
    private ZipFile zip;
    private IOException failure;

    @Override
    public InputStream open(String name, long bytes) throws IOException {
      ZipFile opened = zip();
      ZipArchiveEntry entry = opened.getEntry(inside + name);
      if (entry == null) {
        entry = opened.getEntry("./" + inside + name);
      }
      if (entry == null) {
        throw new FileNotFoundException("the archive has no such entry any more");
      }
      return new CheckedEntryStream(opened.getInputStream(entry), entry.getCrc());
    }

    private ZipFile zip() throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (zip == null) {
        try {
          zip = ArchiveSource.open(configuration.value(), new Path(archive));
        } catch (IOException e) {
          failure = e;
          throw e;
        }
      }
      return zip;
    }

    @Override
    public void close() throws IOException {
      if (zip != null) {
        zip.close();
      }
    }
  }
}
