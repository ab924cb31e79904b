package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.warehouse.MetricTable;

/**
 * The embedded sample from raw traces to tables and report; what it holds may vary, not its shape.
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class SamplePipelineTest {
  private static final String[] QUICK = {
    "--set",
    "training.epochs=2",
    "--set",
    "network.layers=[16]",
    "--set",
    "network.embedding=8",
    "--set",
    "evaluation.bootstrap-samples=50"
  };

  private Program program;
  private Program.Outcome outcome;

  @BeforeAll
  void runThePipeline(@TempDir Path workspace) {
    program = new Program(workspace);
    outcome = program.run("pipeline", options("whole"));
  }

  private static String[] options(String runId) {
    String[] options = new String[QUICK.length + 2];
    System.arraycopy(QUICK, 0, options, 0, QUICK.length);
    options[QUICK.length] = "--set";
    options[QUICK.length + 1] = "run.id=" + runId;
    return options;
  }

  @Test
  void endsWellAndLeavesEverythingInTheRunsFolder() throws Exception {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    Path folder = program.folder("whole");

    assertThat(outcome.out())
        .startsWith("ensemble finds ")
        .contains("training ", "validation ", "attack ", "lstm ", "stide ")
        .endsWith("Run whole is in file:" + folder + "\n");
    for (String file : List.of("manifest.json", "vocabulary.json", "model.json", "report.html")) {
      assertThat(folder.resolve(file)).isNotEmptyFile();
    }
    assertThat(program.model("whole")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("model.json")))
        .contains("\"" + program.model("whole").getFileName() + "\"");
    assertThat(folder.resolve("checkpoints/epoch-0001.zip")).isNotEmptyFile();
    assertThat(program.windows("whole").resolve("training/_SUCCESS")).exists();
    for (String step : List.of("vocabulary", "windows", "fit", "score")) {
      assertThat(folder.resolve("rejects/" + step + ".json")).isEmptyFile();
    }
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("System-call anomaly report", "Hydra_SSH", "training.epochs");
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .as("nothing half-written is left")
          .noneMatch(name -> name.startsWith(".") && !name.endsWith(".crc"));
    }
  }

  @Test
  void everyTableHasTheRunsRows() {
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      assertThat(warehouse.rows(MetricTable.RUNS, "whole", "status", "workers").toString())
          .isEqualTo("[[succeeded,2]]");
      assertThat(
              warehouse
                  .rows(MetricTable.DATA_PROFILE, "whole", "split", "traces", "rejected")
                  .toString())
          .isEqualTo("[[attack,52,0], [training,640,0], [validation,340,0]]");
      assertThat(warehouse.rows(MetricTable.EPOCHS, "whole", "epoch")).hasSize(2);
      assertThat(warehouse.rows(MetricTable.NEXT_CALL, "whole", "split").toString())
          .isEqualTo("[[attack], [validation]]");
      assertThat(warehouse.rows(MetricTable.TRACE_SCORES, "whole", "trace_id")).hasSize(11 * 392);
      assertThat(warehouse.rows(MetricTable.DETECTION, "whole", "family", "population"))
          .filteredOn(row -> !row.getString(1).equals("without_execve"))
          .as("eleven detectors, two populations, all and six families")
          .hasSize(11 * 2 * 7);
      assertThat(warehouse.rows(MetricTable.OPERATING_POINTS, "whole", "asked_false_alarm_rate"))
          .as("eleven detectors, three populations, four asked rates")
          .hasSize(11 * 3 * 4);
      assertThat(warehouse.rows(MetricTable.COMPARISONS, "whole", "detector", "other"))
          .as("each pair of detectors, three populations")
          .hasSize(55 * 3);
      assertThat(warehouse.rows(MetricTable.ROC, "whole", "fpr")).isNotEmpty();
    }
  }

  @Test
  void aSecondRunInStepsGivesTheSameAndNothingTwice() {
    for (String job : List.of("vocabulary", "windows", "train", "fit", "score", "score")) {
      Program.Outcome step = program.run(job, options("steps"));
      assertThat(step.exitCode()).as(job + ": " + step.err()).isZero();
    }
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      for (MetricTable table :
          List.of(MetricTable.DATA_PROFILE, MetricTable.NEXT_CALL, MetricTable.TRACE_SCORES)) {
        sameNumbers(
            warehouse.rows(table, "steps", "split", valueOf(table)),
            warehouse.rows(table, "whole", "split", valueOf(table)));
      }
      sameNumbers(
          warehouse.rows(MetricTable.EPOCHS, "steps", "epoch", "held_out_loss"),
          warehouse.rows(MetricTable.EPOCHS, "whole", "epoch", "held_out_loss"));
      sameNumbers(
          warehouse.rows(MetricTable.DETECTION, "steps", "detector", "family", "auc", "auc_low"),
          warehouse.rows(MetricTable.DETECTION, "whole", "detector", "family", "auc", "auc_low"));
    }
    assertThat(program.folder("steps").resolve("vocabulary.json"))
        .hasSameTextualContentAs(program.folder("whole").resolve("vocabulary.json"));
  }

  private static String valueOf(MetricTable table) {
    return switch (table) {
      case DATA_PROFILE -> "distinct_windows";
      case NEXT_CALL -> "loss";
      default -> "score";
    };
  }

  private static void sameNumbers(List<Row> actual, List<Row> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      for (int column = 0; column < actual.get(i).size(); column++) {
        if (expected.get(i).get(column) instanceof Double number) {
          assertThat(actual.get(i).getDouble(column)).isCloseTo(number, within(1e-6));
        } else {
          assertThat(actual.get(i).get(column)).isEqualTo(expected.get(i).get(column));
        }
      }
    }
  }
}
