package syscallanomaly.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.warehouse.MetricRows.writeScores;
import static syscallanomaly.warehouse.MetricTablesTest.count;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

/** Rows that newer ones replaced, and their files, go after some days. */
@ExtendWith(SparkExtension.class)
class SnapshotExpiryTest {
  @TempDir private Path folder;
  private SparkSession spark;
  private WarehouseSettings settings;

  @BeforeEach
  void freshSession(SparkSession root) {
    spark = root.newSession();
    settings = MetricTablesTest.settings(folder.resolve("warehouse"));
  }

  @Test
  void formerRowsAndTheirFilesGoAfterSomeDays() throws IOException {
    MetricTables tables = MetricTables.open(spark, settings);
    writeScores(tables, "a", 2);
    long once = files();
    long onceData = dataFiles();
    for (int again = 0; again < 30; again++) {
      writeScores(tables, "a", 2);
    }
    assertThat(files()).isGreaterThan(once + 30 * 4);

    tables.expireSnapshots(Instant.now().plus(Duration.ofDays(6)));
    assertThat(read("trace_scores.snapshots").count()).as("of this week").isEqualTo(31);

    tables.expireSnapshots(Instant.now().plus(Duration.ofDays(8)));
    assertThat(read("trace_scores.snapshots").count()).isEqualTo(1);
    assertThat(count(tables, MetricTable.TRACE_SCORES, "a")).isEqualTo(2);
    assertThat(dataFiles()).as("with those that the present ones replaced").isEqualTo(2 * onceData);
    // Twenty former metadata files stay in each of the two tables, with their checksums.
    assertThat(files()).isLessThan(once + 2 * 2 * 25);
  }

  @Test
  void oldSnapshotsStayWhereTheirOwnerWantsThem() {
    MetricTables kept =
        MetricTables.open(
            spark,
            new WarehouseSettings(
                settings.catalog(), settings.namespace(), settings.location(), 0));
    writeScores(kept, "a", 2);
    writeScores(kept, "a", 2);
    long snapshots = read("roc.snapshots").count();

    kept.expireSnapshots(Instant.now().plus(Duration.ofDays(1000)));
    assertThat(read("roc.snapshots").count()).isEqualTo(snapshots);

    spark.sql("ALTER TABLE syscall.syscall_anomaly.roc SET TBLPROPERTIES ('gc.enabled'='false')");
    MetricTables.open(spark, settings).expireSnapshots(Instant.now().plus(Duration.ofDays(1000)));
    assertThat(read("roc.snapshots").count()).isEqualTo(snapshots);
    assertThat(read("trace_scores.snapshots").count()).isEqualTo(1);
  }

  /** As a writer leaves them that is killed before it commits. */
  @Test
  void filesThatNoTableNamesGoAfterSomeDays() throws IOException {
    MetricTables tables = MetricTables.open(spark, settings);
    writeScores(tables, "a", 2);
    Path data = Path.of(settings.location(), "syscall_anomaly", "trace_scores", "data");
    Path old = Files.writeString(data.resolve("old.parquet"), "half");
    Path recent = Files.writeString(data.resolve("recent.parquet"), "half");
    Instant now = Instant.now();
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(8))));
    Files.setLastModifiedTime(recent, FileTime.from(now.minus(Duration.ofDays(6))));
    long files = files();

    tables.deleteOrphanFiles(now);

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
    assertThat(files()).isEqualTo(files - 1);
    assertThat(count(tables, MetricTable.TRACE_SCORES, "a")).isEqualTo(2);
  }

  @Test
  void whoHasLostTheRunDeletesNoSnapshots() {
    MetricTables tables = MetricTables.open(spark, settings);
    MetricTables guarded =
        tables.guardedBy(
            () -> {
              throw new IOException("lost");
            });

    assertThatThrownBy(() -> guarded.expireSnapshots(Instant.now()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot delete old snapshots of ");
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(settings.location()))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private long dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(settings.location()))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private Dataset<Row> read(String table) {
    return spark.table("syscall.syscall_anomaly." + table);
  }
}
