package syscallanomaly.trace.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.util.TaskCompletionListener;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.sequence.EventColumns;

/** The events in the lines of text files, read by the executors. */
public final class EventFiles {
  private EventFiles() {}

  /**
   * Plans reading the files of a listing. Nothing is opened here.
   *
   * @param format format of the lines
   * @param settings how the lines are read
   * @param byThread whether each thread gives traces of its own
   * @param labels files with labels of all recordings; empty if labels do not count
   * @return rows with the columns of {@link EventColumns#schema()}
   */
  public static Dataset<Row> rows(
      SparkSession spark,
      TraceListing listing,
      EventFormat format,
      EventSettings settings,
      boolean byThread,
      Optional<LabelFiles> labels) {
    SQLConf conf = spark.sessionState().conf();
    List<LineSlice> slices =
        LineSlice.cut(
            listing.files(),
            labels.map(LabelFiles::byRecording).orElse(Map.of()),
            conf.filesMaxPartitionBytes(),
            conf.filesOpenCostInBytes(),
            spark.sparkContext().defaultParallelism());
    TraceSource source = listing.source();
    boolean labelled = labels.isPresent();
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(slices, slices.size())
            .mapPartitions(
                slice ->
                    read(
                        new SliceEvents(
                            source, format, settings, byThread, labelled, slice.next())));
    return spark.createDataFrame(rows, EventColumns.schema());
  }

  /** The end of the task closes the open file. */
  private static SliceEvents read(SliceEvents events) {
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                context -> {
                  try {
                    events.close();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    return events;
  }
}
