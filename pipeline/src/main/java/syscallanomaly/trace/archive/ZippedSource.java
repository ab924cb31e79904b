package syscallanomaly.trace.archive;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.trace.file.ArchiveFile;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceSource;

/** The files of a folder and the entries of the zips in it. Nothing is extracted to disk. */
final class ZippedSource implements TraceSource {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration configuration;
  private final TraceSource folder;

  ZippedSource(SerializableConfiguration configuration, TraceSource folder) {
    this.configuration = configuration;
    this.folder = folder;
  }

  @Override
  public String address(String name) {
    return folder.address(name);
  }

  @Override
  public String folder() {
    return folder.folder();
  }

  @Override
  public Contents contents() {
    return new FolderContents();
  }

  private ArchiveSource source(ArchiveFile zip) {
    return new ArchiveSource(
        configuration, new Path(folder.address(zip.name())), "", zip.bytes(), zip.stamp());
  }

  /** Keeps the last zip open, because its entries are read one after another. */
  private final class FolderContents implements Contents {
    private final Contents plain = folder.contents();
    private ArchiveFile opened;
    private Contents entries;

    @Override
    public InputStream open(TraceFile file) throws IOException {
      ArchiveFile zip = file.part() == null ? null : file.part().archive();
      if (zip == null) {
        return plain.open(file);
      }
      if (!zip.equals(opened)) {
        closeArchive();
        entries = source(zip).contents();
        opened = zip;
      }
      return entries.open(file.below(zip.prefix()));
    }

    @Override
    public InputStream open(TraceFile file, long position) throws IOException {
      return file.part() == null ? plain.open(file, position) : Contents.super.open(file, position);
    }

    private void closeArchive() throws IOException {
      opened = null;
      if (entries != null) {
        entries.close();
      }
    }

    @Override
    public void close() throws IOException {
      try (Contents closed = plain) {
        closeArchive();
      }
    }
  }
}
