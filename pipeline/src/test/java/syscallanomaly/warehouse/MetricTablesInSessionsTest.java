package syscallanomaly.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.warehouse.MetricRows.writeScores;
import static syscallanomaly.warehouse.MetricTablesTest.count;
import static syscallanomaly.warehouse.MetricTablesTest.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;

/** Several sessions and catalogs. */
@ExtendWith(SparkExtension.class)
class MetricTablesInSessionsTest {
  @TempDir private Path folder;
  private final SparkSession root;
  private SparkSession spark;
  private WarehouseSettings settings;

  MetricTablesInSessionsTest(SparkSession spark) {
    this.root = spark;
  }

  @BeforeEach
  void freshSession() {
    spark = root.newSession();
    settings = settings(folder.resolve("ware house"));
  }

  @Test
  void openingAgainKeepsTheTables() {
    writeScores(MetricTables.open(spark, settings), "a", 2);
    MetricTables.open(spark, settings);
    MetricTables elsewhere = MetricTables.open(root.newSession(), settings);
    assertThat(count(elsewhere, MetricTable.TRACE_SCORES, "a")).isEqualTo(2);
  }

  @Test
  void anotherSessionSeesACommitAtOnce() {
    MetricTables reader = MetricTables.open(spark, settings);
    assertThat(reader.table(MetricTable.ROC).count()).isEqualTo(0);
    MetricTables.open(root.newSession(), settings)
        .replaceRoc("a", List.of(new RocPoint("lstm", Population.OFFICIAL, 1, 0, 1)));
    assertThat(reader.table(MetricTable.ROC).count()).isEqualTo(1);
  }

  @Test
  void aConfiguredCatalogIsUsedAndTheLocationIgnored() throws Exception {
    Path configured = folder.resolve("configured");
    spark.conf().set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    spark.conf().set("spark.sql.catalog.lake.type", "hadoop");
    spark.conf().set("spark.sql.catalog.lake.warehouse", configured.toString());
    Path ignored = folder.resolve("ignored");

    MetricTables tables =
        MetricTables.open(
            spark, new WarehouseSettings("lake", "security.hosts", ignored.toString()));
    writeScores(tables, "a", 2);

    assertThat(spark.table("lake.security.hosts.roc").count()).isEqualTo(2);
    assertThat(configured.resolve("security/hosts/roc/metadata")).isDirectory();
    assertThat(Files.exists(ignored)).isFalse();
  }

  @Test
  void oneSessionHasOneEmbeddedCatalogOfAName() {
    MetricTables.open(spark, settings);
    Path other = folder.resolve("other");
    assertThatThrownBy(() -> MetricTables.open(spark, settings(other)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot open a warehouse at %s: catalog 'syscall' of this Spark session lies at %s;"
                    .formatted(other, settings.location())
                + " name another catalog or take a new session");
  }

  @Test
  void runsThatOpenAndWriteAtTheSameTimeDoNotDisturbEachOther() throws Exception {
    int rounds = 3;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> writers =
          List.of(writer(root.newSession(), "a", rounds), writer(root.newSession(), "b", rounds));
      for (Future<Void> writer : threads.invokeAll(writers)) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    MetricTables tables = MetricTables.open(spark, settings);
    for (String run : List.of("a", "b")) {
      assertThat(count(tables, MetricTable.TRACE_SCORES, run)).isEqualTo(rounds);
      assertThat(count(tables, MetricTable.ROC, run)).isEqualTo(2);
    }
    assertThat(read("roc.snapshots").count()).isEqualTo(2L * rounds);
  }

  private Callable<Void> writer(SparkSession session, String run, int rounds) {
    return () -> {
      MetricTables tables = MetricTables.open(session, settings);
      for (int round = 1; round <= rounds; round++) {
        writeScores(tables, run, round);
      }
      return null;
    };
  }

  private Dataset<Row> read(String table) {
    return spark.table("syscall.syscall_anomaly." + table);
  }
}
