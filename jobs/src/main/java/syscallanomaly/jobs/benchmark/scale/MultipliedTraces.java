package syscallanomaly.jobs.benchmark.scale;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.window.RandomHash;

/**
 * Writes several copies of the same traces, each with other small changes. Spark's workers write
 * them in the form that the pipeline reads: one file for each trace.
 *
 * @param configuration configuration of the Hadoop file system that receives the copies
 * @param folder folder that receives one folder for each copy of the corpus
 * @param copies number of copies, at least 1
 * @param seed seed of the changes
 */
record MultipliedTraces(
    SerializableConfiguration configuration, String folder, int copies, long seed)
    implements Serializable {
  private static final int BUFFER_BYTES = 1 << 13;

  /**
   * Writes all copies.
   *
   * @param traces one row for each trace, with the columns {@code ordinal} and {@code calls}
   * @return number of calls written
   */
  long write(Dataset<Row> traces) {
    LongAccumulator calls = traces.sparkSession().sparkContext().longAccumulator();
    traces
        .select(TraceColumns.ORDINAL, TraceColumns.CALLS)
        .as(Encoders.tuple(ValueEncoders.LONG, ValueEncoders.INTS))
        .toJavaRDD()
        .foreachPartition(
            rows -> {
              try (FileSystem files = files()) {
                write(rows, files, calls);
              }
            });
    return calls.value();
  }

  private void write(
      Iterator<Tuple2<Long, int[]>> traces, FileSystem files, LongAccumulator written)
      throws IOException {
    while (traces.hasNext()) {
      Tuple2<Long, int[]> trace = traces.next();
      for (int copy = 0; copy < copies; copy++) {
        int[] calls = TraceVariation.copy(trace._2(), copy, RandomHash.bits(seed, trace._1()));
        Path path = new Path(folder, "copy-%05d/trace-%08d.txt".formatted(copy, trace._1()));
        try (FSDataOutputStream out = create(files, path)) {
          out.write(text(calls).getBytes(StandardCharsets.US_ASCII));
        }
        written.add(calls.length);
      }
    }
  }

  /**
   * Creates a file without setting permissions, because Hadoop starts a process to set them on a
   * local disk.
   */
  private static FSDataOutputStream create(FileSystem files, Path path) throws IOException {
    return files.create(
        path,
        /* permission= */ null,
        /* overwrite= */ true,
        BUFFER_BYTES,
        files.getDefaultReplication(path),
        files.getDefaultBlockSize(path),
        /* progress= */ null);
  }

  /**
   * Opens a separate instance of the file system, because it writes no checksums (a second file for
   * each file) and other users of the file system should still have them.
   */
  private FileSystem files() throws IOException {
    FileSystem files = FileSystem.newInstance(new Path(folder).toUri(), configuration.value());
    files.setWriteChecksum(false);
    return files;
  }

  private static String text(int[] calls) {
    return Arrays.stream(calls).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
