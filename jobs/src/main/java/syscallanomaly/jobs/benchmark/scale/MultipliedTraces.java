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
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.window.RandomHash;

/**
 * Several times the same traces, each time with other small changes, written by Spark's workers as
 * the pipeline reads traces: a file each.
 *
 * @param configuration of the Hadoop file system that they are written to
 * @param folder takes a folder for each copy of the corpus
 * @param copies at least 1
 * @param seed decides on the changes
 */
record MultipliedTraces(
    SerializableConfiguration configuration, String folder, int copies, long seed)
    implements Serializable {
  private static final int BUFFER_BYTES = 1 << 13;

  /**
   * Writes all copies.
   *
   * @param traces columns {@code ordinal} and {@code calls}
   * @return calls that were written
   */
  long write(Dataset<Row> traces) {
    LongAccumulator calls = traces.sparkSession().sparkContext().longAccumulator();
    traces
        .select(TraceColumns.ORDINAL, TraceColumns.CALLS)
        .as(Encoders.tuple(Encoders.LONG(), traces.sparkSession().implicits().newIntArrayEncoder()))
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

  /** Without permissions: on a local disk Hadoop starts a process for each time they are set. */
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

  /** Of its own, so that nobody else goes without checksums, which are a second file to each. */
  private FileSystem files() throws IOException {
    FileSystem files = FileSystem.newInstance(new Path(folder).toUri(), configuration.value());
    files.setWriteChecksum(false);
    return files;
  }

  private static String text(int[] calls) {
    return Arrays.stream(calls).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
