package syscallanomaly.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.warehouse.MetricTablesTest.count;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class RunDeletionTest {
  @TempDir private Path folder;

  @Test
  void allRowsOfTheRunsGoAndNoOther(SparkSession root) {
    MetricTables tables =
        MetricTables.open(
            root.newSession(), MetricTablesTest.settings(folder.resolve("warehouse")));
    for (String run : List.of("a", "stays")) {
      MetricRows.write(tables, run, 3);
    }

    assertThatThrownBy(
            () ->
                tables
                    .guardedBy(
                        () -> {
                          throw new IOException("lost");
                        })
                    .deleteRuns(List.of("a")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot delete runs from ");
    tables.deleteRuns(List.of("a", "unknown"));

    for (MetricTable table : MetricTable.values()) {
      assertThat(count(tables, table, "a")).as(table.label()).isZero();
      assertThat(count(tables, table, "stays")).as(table.label()).isPositive();
    }
  }
}
