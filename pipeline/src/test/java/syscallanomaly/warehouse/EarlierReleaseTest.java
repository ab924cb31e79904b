package syscallanomaly.warehouse;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.trace.Split;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.EpochResults;
import syscallanomaly.window.DataProfile;

/**
 * Opens the warehouse that release 0.1.0 wrote for a run {@code first} of the embedded sample.
 *
 * <p>Iceberg's files name each other by full address. The release wrote them at {@code
 * viewfs://release/warehouse}, which each test maps to a folder of its own.
 */
@ExtendWith(SparkExtension.class)
class EarlierReleaseTest {
  private static final String MOUNT = "fs.viewfs.mounttable.release.link./warehouse";
  private static final String NO_CACHE = "fs.viewfs.impl.disable.cache";
  private static final WarehouseSettings SETTINGS =
      new WarehouseSettings("syscall", "syscall_anomaly", "viewfs://release/warehouse");

  /** The tables of that release. */
  private static final List<String> TABLES =
      List.of("runs", "data_profile", "epochs", "next_call", "trace_scores", "detection", "roc");

  /** Columns that its rows do not have. */
  private static final List<String> ADDED =
      List.of(
          "tpr_at_fpr_05_low",
          "tpr_at_fpr_05_high",
          "tpr_at_fpr_10_low",
          "tpr_at_fpr_10_high",
          "tpr_at_fpr_20_low",
          "tpr_at_fpr_20_high",
          "fpr_at_tpr_90_low",
          "fpr_at_tpr_90_high",
          "host",
          "container",
          "process",
          "thread",
          "executable",
          "started");

  @TempDir private Path folder;
  private final SparkSession spark;

  EarlierReleaseTest(SparkSession spark) {
    this.spark = spark.newSession();
  }

  @BeforeEach
  void placeTheWarehouse() throws IOException {
    unzip();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    hadoop.set(MOUNT, folder.resolve("warehouse").toUri().toString());
    // A file system that another test mounted would be handed out again.
    hadoop.setBoolean(NO_CACHE, true);
  }

  @AfterEach
  void unmount() {
    spark.sparkContext().hadoopConfiguration().unset(MOUNT);
    spark.sparkContext().hadoopConfiguration().unset(NO_CACHE);
  }

  @Test
  void renamedColumnsKeepTheirRows() {
    defineCatalog();
    assertThat(read("epochs").columns())
        .containsExactly(
            "run_id",
            "epoch",
            "loss",
            "accuracy",
            "validation_loss",
            "validation_accuracy",
            "seconds",
            "windows_per_second",
            "averaging_rounds",
            "kept");
    assertThat(read("next_call").columns())
        .containsExactly(
            "run_id", "split", "windows", "loss", "perplexity", "accuracy", "top5_accuracy");
    Map<String, List<Row>> before = rows();

    MetricTables tables = MetricTables.open(spark, SETTINGS);

    assertThat(tables.epochs("first"))
        .containsExactly(
            EpochResults.of(
                1,
                2.3710887750386123,
                0.37448555995415606,
                1.8391803503168778,
                0.48344429649356413,
                4.83020912,
                2843.9762458980244,
                11,
                false),
            EpochResults.of(
                2,
                1.6999044679215158,
                0.5411277399556983,
                1.5449698387068533,
                0.5413226808699512,
                1.793423825,
                7659.650668463713,
                11,
                true));
    assertThat(read("next_call").select("split", "predictions", "perplexity").collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("validation", 28_784L, 5.406328134970055),
            RowFactory.create("attack", 21_731L, 8.23493502597962));
    assertThat(tables.dataProfile("first"))
        .containsExactly(
            new DataProfile(
                Split.TRAINING, 150, 0, 47_517, 90, 340, 63, 178, 1764, 44_667, 14_272, 0),
            new DataProfile(
                Split.VALIDATION, 120, 0, 31_043, 91, 340, 11, 181, 1422, 28_784, 11_119, 15),
            new DataProfile(Split.ATTACK, 52, 0, 22_719, 61, 340, 87, 251, 1789, 21_731, 5787, 8));
    assertThat(read("runs").select("run_id", "started_at", "code_version", "seed").collectAsList())
        .containsExactly(
            RowFactory.create(
                "first", Timestamp.from(Instant.parse("2026-11-25T02:58:20Z")), "0.1.0", 1L));
    // Renaming moved no value.
    assertThat(rows()).isEqualTo(before);
    assertThat(read("detection").select(ADDED.get(0)).distinct().collectAsList())
        .containsExactly(RowFactory.create((Object) null));
    assertThat(before)
        .hasEntrySatisfying("trace_scores", rows -> assertThat(rows).hasSize(344))
        .hasEntrySatisfying("detection", rows -> assertThat(rows).hasSize(28))
        .hasEntrySatisfying("roc", rows -> assertThat(rows).hasSize(170));
  }

  @Test
  void everyTableIsAsIfThisReleaseHadMadeIt() {
    MetricTables tables = MetricTables.open(spark, SETTINGS);
    for (MetricTable table : MetricTable.values()) {
      assertThat(tables.table(table).schema().toDDL()).isEqualTo(table.schema().toDDL());
      assertThat(comment(table)).isEqualTo(table.comment());
    }
  }

  @Test
  void aTableTakesOneCommitAndNoneWhenItIsOpenedAgain() {
    defineCatalog();
    Map<String, Long> before = commits(TABLES);
    assertThat(before).hasSize(7).containsEntry("runs", 3L).containsEntry("roc", 2L);

    MetricTables.open(spark, SETTINGS);

    assertThat(commits(TABLES))
        .allSatisfy((table, commits) -> assertThat(commits).isEqualTo(before.get(table) + 1));
    Map<String, Long> opened = commits(labels());
    assertThat(opened).containsEntry("operating_points", 1L).containsEntry("comparisons", 1L);
    MetricTables.open(spark, SETTINGS);
    assertThat(commits(labels())).isEqualTo(opened);
  }

  @Test
  void runsAreWrittenBesideTheOldOneAndOverIt() {
    MetricTables tables = MetricTables.open(spark, SETTINGS);
    EpochResult epoch = EpochResults.of(1, 2.5, .25, 2, .375, 10, 100, 3, true);
    tables.replaceEpochs("second", List.of(epoch));
    assertThat(tables.epochs("first")).hasSize(2);
    assertThat(tables.epochs("second")).containsExactly(epoch);
    tables.replaceEpochs("first", List.of(epoch));
    assertThat(tables.epochs("first")).containsExactly(epoch);
  }

  /** Where the session's configuration caches tables, as Iceberg does unless told otherwise. */
  @Test
  void aCatalogThatCachesShowsTheNewColumns() {
    defineCatalog();
    spark.conf().set("spark.sql.catalog.syscall.cache-enabled", "true");
    assertThat(read("epochs").columns()).contains("validation_loss");
    MetricTables.open(spark, SETTINGS);
    assertThat(read("epochs").columns())
        .contains("held_out_loss")
        .doesNotContain("validation_loss");
    assertThat(read("epochs").where("held_out_loss < 1.6").count()).isEqualTo(1);
  }

  private void defineCatalog() {
    spark.conf().set("spark.sql.catalog.syscall", "org.apache.iceberg.spark.SparkCatalog");
    spark.conf().set("spark.sql.catalog.syscall.type", "hadoop");
    spark.conf().set("spark.sql.catalog.syscall.warehouse", SETTINGS.location());
    spark.conf().set("spark.sql.catalog.syscall.cache-enabled", "false");
  }

  private Dataset<Row> read(String table) {
    return spark.table("syscall.syscall_anomaly." + table);
  }

  private Map<String, List<Row>> rows() {
    return TABLES.stream()
        .collect(
            toMap(
                table -> table,
                table ->
                    read(table).drop(ADDED.toArray(String[]::new)).collectAsList().stream()
                        .sorted((one, other) -> one.toString().compareTo(other.toString()))
                        .toList()));
  }

  private static List<String> labels() {
    return Arrays.stream(MetricTable.values()).map(MetricTable::label).toList();
  }

  private Map<String, Long> commits(List<String> tables) {
    return tables.stream()
        .collect(toMap(table -> table, table -> read(table + ".metadata_log_entries").count()));
  }

  private String comment(MetricTable table) {
    return spark
        .sql("DESCRIBE TABLE EXTENDED syscall.syscall_anomaly." + table.label())
        .where("col_name = 'Comment'")
        .head()
        .getAs("data_type");
  }

  private void unzip() throws IOException {
    try (InputStream resource = EarlierReleaseTest.class.getResourceAsStream("release-0.1.0.zip");
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (!entry.isDirectory()) {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
  }
}
