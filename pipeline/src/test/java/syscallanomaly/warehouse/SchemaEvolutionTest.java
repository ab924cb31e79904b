package syscallanomaly.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.LockManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;

@ExtendWith(SparkExtension.class)
class SchemaEvolutionTest {
  private static final String ROC = "syscall.syscall_anomaly.roc";
  private static final String EPOCHS = "syscall.syscall_anomaly.epochs";
  private static final RocPoint POINT = new RocPoint("lstm", Population.OFFICIAL, 1.5, .25, 1);

  @TempDir private Path folder;
  private final SparkSession root;
  private SparkSession spark;
  private MetricTables tables;

  SchemaEvolutionTest(SparkSession spark) {
    this.root = spark;
  }

  @BeforeEach
  void freshTables() {
    spark = root.newSession();
    tables = open(spark);
  }

  @AfterEach
  void nobodyInterrupts() {
    Interrupted.first = () -> {};
  }

  @Test
  void aFreshTableNeedsNoCommit() {
    assertThat(commits(ROC)).isEqualTo(1);
    open(spark);
    assertThat(commits(ROC)).isEqualTo(1);
  }

  @Test
  void aMissingColumnIsAddedWhereItIsDeclaredAndIsNullInOldRows() {
    tables.replaceRoc("a", List.of(POINT));
    spark.sql("ALTER TABLE " + ROC + " DROP COLUMN fpr");
    long before = commits(ROC);

    open(spark).replaceRoc("b", List.of(POINT));

    assertThat(spark.table(ROC).schema().toDDL()).isEqualTo(MetricTable.ROC.schema().toDDL());
    assertThat(spark.table(ROC).collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("a", "lstm", "official", 1.5, null, 1.0),
            RowFactory.create("b", "lstm", "official", 1.5, .25, 1.0));
    assertThat(commits(ROC) - before).as("the columns and the rows").isEqualTo(2);
  }

  @Test
  void severalMissingColumnsAreAddedInTheirOrder() {
    spark.sql("ALTER TABLE " + ROC + " DROP COLUMNS (detector, threshold, fpr, tpr)");
    open(spark);
    assertThat(spark.table(ROC).columns())
        .containsExactly("run_id", "detector", "population", "threshold", "fpr", "tpr");
  }

  @Test
  void aColumnOfAnotherTypeIsNamed() {
    spark.sql("ALTER TABLE " + ROC + " DROP COLUMN tpr");
    spark.sql("ALTER TABLE " + ROC + " ADD COLUMN tpr string");
    long before = commits(ROC);
    assertThatThrownBy(() -> open(spark))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot write to `syscall`.`syscall_anomaly`.roc: column tpr is STRING and should be"
                + " DOUBLE; use another namespace");
    assertThat(commits(ROC)).isEqualTo(before);
  }

  @Test
  void aFormerColumnOfAnotherTypeIsNamed() {
    spark.sql("ALTER TABLE " + EPOCHS + " DROP COLUMN held_out_loss");
    spark.sql("ALTER TABLE " + EPOCHS + " ADD COLUMN validation_loss int");
    assertThatThrownBy(() -> open(spark))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot write to `syscall`.`syscall_anomaly`.epochs: column validation_loss is INT and"
                + " should be DOUBLE; use another namespace");
  }

  @Test
  void aFormerColumnBesideThePresentOneStays() {
    spark.sql("ALTER TABLE " + EPOCHS + " ADD COLUMN validation_loss double COMMENT 'mine'");
    long before = commits(EPOCHS);
    open(spark);
    assertThat(spark.table(EPOCHS).columns()).contains("held_out_loss", "validation_loss");
    assertThat(commits(EPOCHS)).isEqualTo(before);
  }

  @Test
  void commentsAreBroughtUpToDateButForThoseOfOthers() {
    spark.sql("ALTER TABLE " + ROC + " ADD COLUMN note string COMMENT 'mine'");
    spark.sql("ALTER TABLE " + ROC + " ALTER COLUMN tpr COMMENT 'old'");
    spark.sql("COMMENT ON TABLE " + ROC + " IS 'old'");
    long before = commits(ROC);
    open(spark);
    assertThat(spark.table(ROC).schema())
        .isEqualTo(MetricTable.ROC.schema().add("note", "string", true, "mine"));
    assertThat(
            spark
                .sql("DESCRIBE TABLE EXTENDED " + ROC)
                .where("col_name = 'Comment'")
                .head()
                .<String>getAs("data_type"))
        .isEqualTo(MetricTable.ROC.comment());
    assertThat(commits(ROC) - before).isEqualTo(1);
  }

  @Test
  void whoeverIsSecondFindsTheWorkDone() {
    spark.sql("ALTER TABLE " + EPOCHS + " RENAME COLUMN held_out_loss TO validation_loss");
    long before = commits(EPOCHS);
    AtomicInteger others = new AtomicInteger();
    Interrupted.first =
        () -> {
          if (others.getAndIncrement() == 0) {
            open(root.newSession());
          }
        };
    open(interruptedSession());
    assertThat(others).as("commits that were tried").hasValue(1);
    assertThat(spark.table(EPOCHS).columns())
        .containsExactly(MetricTable.EPOCHS.schema().fieldNames());
    assertThat(commits(EPOCHS) - before).isEqualTo(1);
  }

  @Test
  void rowsThatAreWrittenInBetweenStay() {
    tables.replaceRoc("a", List.of(POINT));
    spark.sql("ALTER TABLE " + ROC + " ALTER COLUMN tpr COMMENT 'old'");
    AtomicInteger others = new AtomicInteger();
    Interrupted.first =
        () -> {
          if (others.getAndIncrement() == 0) {
            tables.replaceRoc("b", List.of(POINT));
          }
        };
    open(interruptedSession());
    assertThat(others).as("commits that were tried").hasValue(2);
    assertThat(spark.table(ROC).schema()).isEqualTo(MetricTable.ROC.schema());
    assertThat(spark.table(ROC).count()).isEqualTo(2);
  }

  @Test
  void itGivesUpWhereOthersCommitWithoutEnd() {
    spark.sql("ALTER TABLE " + ROC + " ALTER COLUMN tpr COMMENT 'old'");
    spark.sql("ALTER TABLE " + ROC + " SET TBLPROPERTIES ('commit.retry.min-wait-ms'='1')");
    AtomicInteger others = new AtomicInteger();
    Interrupted.first =
        () ->
            spark.sql(
                "ALTER TABLE %s SET TBLPROPERTIES ('n'='%d')"
                    .formatted(ROC, others.incrementAndGet()));
    SparkSession session = interruptedSession();
    assertThatThrownBy(() -> open(session))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot bring `syscall`.`syscall_anomaly`.roc up to date: other programs committed to"
                + " it 20 times in between; start again when they are done")
        .hasCauseInstanceOf(CommitFailedException.class);
    assertThat(others).hasValue(20);
  }

  /** A program in whose commits another one gets first. */
  private SparkSession interruptedSession() {
    SparkSession session = root.newSession();
    String key = "spark.sql.catalog.syscall";
    session.conf().set(key, "org.apache.iceberg.spark.SparkCatalog");
    session.conf().set(key + ".type", "hadoop");
    session.conf().set(key + ".warehouse", folder.toString());
    session.conf().set(key + ".cache-enabled", "false");
    session.conf().set(key + ".lock-impl", Interrupted.class.getName());
    return session;
  }

  /** Lets something happen between the preparation of a commit and the commit. */
  public static final class Interrupted implements LockManager {
    private static volatile Runnable first = () -> {};

    @Override
    public boolean acquire(String entityId, String ownerId) {
      first.run();
      return true;
    }

    @Override
    public boolean release(String entityId, String ownerId) {
      return true;
    }

    @Override
    public void initialize(Map<String, String> properties) {
      // It needs nothing of the catalog.
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }

  private long commits(String table) {
    return spark.table(table + ".metadata_log_entries").count();
  }

  private MetricTables open(SparkSession session) {
    return MetricTables.open(
        session, new WarehouseSettings("syscall", "syscall_anomaly", folder.toString()));
  }
}
