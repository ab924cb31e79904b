package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

/**
 * A corpus of a file a trace costs as many calls of the file system as it has files, in few tasks.
 */
@ExtendWith(SparkExtension.class)
class ManyFilesTest {
  private static final int FOLDERS = 3;
  private static final int FILES = 6000;
  private static final long PATIENCE_MILLIS = 60_000;

  @Test
  void sixThousandFilesAreAHandfulOfTasksAndAnOpeningEach(
      SparkSession session, @TempDir Path folder) throws Exception {
    for (int file = 0; file < FILES; file++) {
      Path path = folder.resolve("training/part-" + file % FOLDERS + "/trace-" + file + ".txt");
      if (file < FOLDERS) {
        Files.createDirectories(path.getParent());
      }
      Files.writeString(path, "3 4 " + file % 300);
    }
    SparkContext spark = session.sparkContext();
    Tasks tasks = new Tasks();
    try (FileSystemCalls calls = FileSystemCalls.count(spark.hadoopConfiguration(), "file")) {
      spark.addSparkListener(tasks);
      TraceSet traces =
          new TraceReader(session, Corpus.settings(folder.toString(), "training", ""), 340)
              .read(Split.TRAINING);
      long calledByListing = calls.of("open");
      long counted =
          traces.traces().javaRDD().map(row -> (long) row.getList(3).size()).reduce(Long::sum);
      spark.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);

      assertThat(calledByListing).isZero();
      assertThat(counted).isEqualTo(3 * FILES);
      assertThat(traces.rejected()).isZero();
      assertThat(calls.of("open")).as("as many as files, not a multiple of them").isEqualTo(FILES);
      assertThat(List.of("getFileStatus", "listStatus", "listStatusIterator", "listLocatedStatus"))
          .as("a local folder is listed without Hadoop")
          .allSatisfy(method -> assertThat(calls.of(method)).isZero());
      assertThat(tasks.ended)
          .as("four for each of two cores, to number the traces and for their calls")
          .hasValue(16);
    } finally {
      spark.removeSparkListener(tasks);
    }
  }

  private static final class Tasks extends SparkListener {
    private final AtomicLong ended = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      ended.incrementAndGet();
    }
  }
}
