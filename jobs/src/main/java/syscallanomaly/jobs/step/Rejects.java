package syscallanomaly.jobs.step;

import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.TraceSet;

/**
 * The list of the files and traces that a step could not use and why, one line of JSON for each. It
 * may be long: it is sorted and written by the executors, and the driver only copies it.
 */
final class Rejects {
  private static final int BUFFER_BYTES = 1 << 16;

  private Rejects() {}

  /**
   * Writes the list to {@link RunFolder#rejects(StepName)}, which is empty if all can be used. The
   * traces are counted first: that is the job that reads all files, on all workers.
   */
  static void keep(RunFolder folder, StepName step, Collection<TraceSet> splits)
      throws IOException {
    List<TraceSet> incomplete = splits.stream().filter(split -> split.rejected() > 0).toList();
    if (incomplete.isEmpty()) {
      folder.writeAtomically(folder.rejects(step), new byte[0]);
      return;
    }
    Dataset<Row> rejects =
        incomplete.stream().map(TraceSet::rejects).reduce(Dataset::unionByName).orElseThrow();
    Path written = new Path(folder.root(), ".rejects." + UUID.randomUUID());
    try {
      rejects
          .repartition(1)
          .sortWithinPartitions(SPLIT, TraceSet.FILE, TraceSet.REASON)
          .write()
          .option("compression", "none")
          .json(written.toString());
      FileSystem files =
          written.getFileSystem(rejects.sparkSession().sparkContext().hadoopConfiguration());
      folder.writeAtomically(folder.rejects(step), out -> copy(files, written, out));
    } finally {
      folder.delete(written);
    }
  }

  private static void copy(FileSystem files, Path written, OutputStream out) throws IOException {
    for (FileStatus part : files.globStatus(new Path(written, "part-*"))) {
      try (FSDataInputStream in = files.open(part.getPath())) {
        IOUtils.copyBytes(in, out, BUFFER_BYTES, /* close= */ false);
      }
    }
  }
}
