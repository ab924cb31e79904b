package syscallanomaly.jobs.benchmark.scale;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.run.JobContext;

/** A folder in that of the run, which is deleted when the measurement ends. */
final class ScratchFolder implements AutoCloseable {
  private final FileSystem files;
  private final Path path;

  private ScratchFolder(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /** Makes the folder. */
  static ScratchFolder make(JobContext context, String name) throws IOException {
    Path path = new Path(context.folder().root(), name);
    FileSystem files = path.getFileSystem(context.spark().sparkContext().hadoopConfiguration());
    // Where the user stops the program, Hadoop deletes what is there when it is told to.
    files.mkdirs(path);
    files.deleteOnExit(path);
    return new ScratchFolder(files, path);
  }

  /** The file system that holds it. */
  FileSystem files() {
    return files;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    files.delete(path, /* recursive= */ true);
    files.cancelDeleteOnExit(path);
  }
}
