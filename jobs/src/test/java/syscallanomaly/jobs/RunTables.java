package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import syscallanomaly.warehouse.MetricTable;

/**
 * All that the metric tables say of a training run, but for its name and times.
 *
 * @param rows of each table, sorted
 */
record RunTables(Map<MetricTable, List<Row>> rows) {
  private static final double TOLERANCE = 1e-6;

  /**
   * Only runs that judge observed traces have alarms, only promotions have decisions, and these
   * traces have no rejects.
   */
  private static final Set<MetricTable> OF_A_TRAINING =
      EnumSet.complementOf(
          EnumSet.of(MetricTable.ALARMS, MetricTable.PROMOTIONS, MetricTable.REJECTS));

  private static final Set<String> NOT_COMPARED =
      Set.of("run_id", "config", "started_at", "finished_at", "seconds", "predictions_per_second");

  static RunTables read(Path warehouse, String runId) {
    return read(warehouse, runId, OF_A_TRAINING);
  }

  static RunTables read(Path warehouse, String runId, Set<MetricTable> tables) {
    Map<MetricTable, List<Row>> rows = new EnumMap<>(MetricTable.class);
    try (WarehouseReader reader = new WarehouseReader(warehouse)) {
      for (MetricTable table : tables) {
        rows.put(
            table,
            reader.rows(
                table,
                runId,
                Arrays.stream(table.schema().fieldNames())
                    .filter(column -> !NOT_COMPARED.contains(column))
                    .toArray(String[]::new)));
      }
    }
    return new RunTables(rows);
  }

  /** Requires the same rows in every table, numbers equal to 1e-6, and some rows in each. */
  void assertSameAs(RunTables expected) {
    for (MetricTable table : expected.rows.keySet()) {
      List<Row> here = rows.get(table);
      List<Row> there = expected.rows.get(table);
      assertThat(here).as(table.label()).isNotEmpty().hasSameSizeAs(there);
      for (int i = 0; i < here.size(); i++) {
        assertSame(table.label() + ", row " + i, here.get(i), there.get(i));
      }
    }
  }

  private static void assertSame(String place, Row here, Row there) {
    for (int column = 0; column < there.size(); column++) {
      if (there.get(column) instanceof Double number && Double.isFinite(number)) {
        assertThat(here.getDouble(column)).as(place).isCloseTo(number, within(TOLERANCE));
      } else {
        assertThat(here.get(column)).as(place).isEqualTo(there.get(column));
      }
    }
  }
}
