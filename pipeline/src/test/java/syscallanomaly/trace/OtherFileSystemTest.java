package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

/** Hadoop's view file system: not local, and it needs configuration that the tasks must have. */
@ExtendWith(SparkExtension.class)
class OtherFileSystemTest {
  private static final String LINK = "fs.viewfs.mounttable.corpus.link./data";

  private SparkSession spark;
  private Configuration hadoop;
  @TempDir private Path folder;

  @BeforeEach
  void mount(SparkSession session) throws IOException {
    spark = session;
    hadoop = session.sparkContext().hadoopConfiguration();
    hadoop.set(LINK, folder.toUri().toString());
    Corpus corpus = new Corpus().with("ADFA/Train/a", "1 2").with("ADFA/Train/b", "x");
    corpus.writeTo(folder);
    corpus.zipTo(folder.resolve("x.zip"));
    Corpus recording = new Corpus().with("a", "1 2").with("b", "x");
    Files.createDirectory(folder.resolve("zips"));
    recording.zipTo(folder.resolve("zips/x.zip"));
    recording.zipTo(folder.resolve("zips/y.zip"));
  }

  @AfterEach
  void unmount() {
    hadoop.unset(LINK);
  }

  @Test
  void foldersGlobsAndArchivesAreReadFromIt() {
    for (List<String> place :
        List.of(List.of("/ADFA", "/ADFA/Train/"), List.of("/x.zip", "/x.zip!/ADFA/Train/"))) {
      for (String training : List.of("Train", "Train/*")) {
        TraceSettings settings =
            Corpus.settings("viewfs://corpus/data" + place.get(0), training, "");
        TraceSet traces = new TraceReader(spark, settings, 340).read(Split.TRAINING);
        assertThat(Corpus.lines(traces)).containsExactly("0 a null [1, 2]");
        assertThat(Corpus.rejects(traces, folder))
            .containsExactly(
                "training viewfs://corpus/data"
                    + place.get(1)
                    + "b: position 1: 'x' is not a number");
      }
    }
    for (String training : List.of("", "*.zip")) {
      TraceSettings settings = Corpus.settings("viewfs://corpus/data", "zips/" + training, "");
      TraceSet traces = new TraceReader(spark, settings, 340).read(Split.TRAINING);
      assertThat(Corpus.lines(traces))
          .containsExactly("0 x.zip!/a null [1, 2]", "1 y.zip!/a null [1, 2]");
      assertThat(traces.rejects().collectAsList().get(0).getString(1))
          .isEqualTo("viewfs://corpus/data/zips/x.zip!/b");
    }
  }
}
