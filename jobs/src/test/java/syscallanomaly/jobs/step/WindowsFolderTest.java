package syscallanomaly.jobs.step;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import syscallanomaly.jobs.provenance.Provenance;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.jobs.storage.S3Server;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.window.TrainingSequences;

/** Readers see the former windows or the new ones, on a local folder and on S3. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class WindowsFolderTest {
  private S3Server server;
  private SparkSession spark;
  private Path local;

  @BeforeAll
  void start(@TempDir Path serverFolder, @TempDir Path localFolder) throws Exception {
    local = localFolder;
    server = S3Server.start(serverFolder);
    server.createBucket("windows");
    FileSystem.closeAll();
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "1")
            .config(new HashMap<>(server.options(Map.of())))
            .getOrCreate();
  }

  @AfterAll
  void stop() throws Exception {
    spark.close();
    server.close();
    FileSystem.closeAll();
  }

  Stream<String> workspaces() {
    return Stream.of(local.toString(), "s3a://windows/workspace");
  }

  private RunFolder run(String workspace) throws Exception {
    return Workspace.open(workspace, spark.sparkContext().hadoopConfiguration()).run("r");
  }

  @ParameterizedTest
  @MethodSource("workspaces")
  void whatAFailedOrKilledWriterLeavesIsNotSeen(String workspace) throws Exception {
    RunFolder run = run(workspace);
    WindowsFolder folder = new WindowsFolder(spark, run);
    assertThatThrownBy(folder::published)
        .isInstanceOf(UnusableInputException.class)
        .hasMessageEndingWith(
            "windows/provenance.json: the file is missing; run the windows step first");
    folder.replace(new TrainingSequences(windows(3), windows(1)), provenance("first"));

    // Fails once the training windows are written, as a full disk would.
    Dataset<Row> failing =
        windows(1).withColumn("index", raise_error(lit("no space left")).cast("bigint"));
    assertThatThrownBy(
            () -> folder.replace(new TrainingSequences(windows(5), failing), provenance("second")))
        .hasStackTraceContaining("no space left");
    assertPublished(folder, "first", 3);
    // What a task that is still being aborted leaves is deleted by the next writer.

    // A writer that is killed there leaves its folder.
    windows(7).write().parquet(run.windows() + "/killed/training");
    assertPublished(folder, "first", 3);
    WindowsFolder.Published before = folder.published();

    folder.replace(new TrainingSequences(windows(5), windows(2)), provenance("second"));

    assertPublished(folder, "second", 5);
    assertThat(before.provenance()).isEqualTo(provenance("first"));
    assertThat(entries(run)).as("nothing of the former, failed and killed writers").hasSize(2);
  }

  private static void assertPublished(WindowsFolder folder, String made, long windows)
      throws Exception {
    WindowsFolder.Published published = folder.published();
    assertThat(published.provenance()).isEqualTo(provenance(made));
    assertThat(published.training().count()).isEqualTo(windows);
    assertThat(published.heldOut().count()).isPositive();
  }

  private List<String> entries(RunFolder run) throws Exception {
    FileSystem files = run.windows().getFileSystem(spark.sparkContext().hadoopConfiguration());
    return Stream.of(files.listStatus(run.windows()))
        .map(entry -> entry.getPath().getName())
        .toList();
  }

  private Dataset<Row> windows(long number) {
    return spark
        .range(number)
        .select(col("id").as("index"), col("id").as("sequence"), lit(1L).as("multiplicity"));
  }

  private static Provenance provenance(String vocabulary) {
    return new Provenance(new TreeMap<>(Map.of("vocabulary", vocabulary)));
  }
}
