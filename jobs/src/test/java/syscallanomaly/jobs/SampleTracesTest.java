package syscallanomaly.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.warehouse.MetricTable;

/** The embedded sample from raw traces to tables, by a model that reads whole traces. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class SampleTracesTest {
  private static final List<String> QUICK =
      List.of(
          "run.id=traces",
          "training.epochs=2",
          "training.batch-size=64",
          "training.workers=2",
          "network.layers=[16]",
          "network.embedding=8",
          // Other models calibrate, so that every trace is trained on or chooses the epoch.
          "scoring.lstm-folds=2",
          "evaluation.bootstrap-samples=50");

  private Program program;
  private Program.Outcome outcome;
  private String statusOfTheRun;

  @BeforeAll
  void runThePipeline(@TempDir Path workspace) {
    program = new Program(workspace);
    outcome = run("pipeline", "training.unit=traces");
    // Now: a step that refuses its work changes it.
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      statusOfTheRun = warehouse.rows(MetricTable.RUNS, "traces", "status").toString();
    }
  }

  private Program.Outcome run(String job, String... settings) {
    return program.run(
        job,
        Stream.concat(QUICK.stream(), Stream.of(settings))
            .flatMap(setting -> Stream.of("--set", setting))
            .toArray(String[]::new));
  }

  @Test
  void everyTableIsFilledAndEveryCallPredictedOnce() throws IOException {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      List<Row> profile = warehouse.rows(MetricTable.DATA_PROFILE, "traces", "split", "calls");
      assertThat(profile).hasSize(3);
      Row trained =
          warehouse
              .spark()
              .read()
              .parquet(
                  program.windows("traces").resolve("training").toString(),
                  program.windows("traces").resolve("held-out").toString())
              .agg(sum("multiplicity"), sum(col("multiplicity").multiply(size(col("sequence")))))
              .head();
      assertThat(trained.getLong(0)).as("traces").isEqualTo(640);
      assertThat(trained.getLong(1)).as("calls").isEqualTo(profile.get(1).getLong(1));
      assertThat(calibrating()).as("traces that calibrate").isEqualTo(640);
      assertThat(warehouse.rows(MetricTable.NEXT_CALL, "traces", "split", "predictions").toString())
          .isEqualTo(List.of(profile.get(0), profile.get(2)).toString());
      List<Row> epochs = warehouse.rows(MetricTable.EPOCHS, "traces", "epoch", "held_out_loss");
      assertThat(epochs).hasSize(2);
      assertThat(epochs.get(1).getDouble(1)).isLessThan(epochs.get(0).getDouble(1));
      assertThat(warehouse.rows(MetricTable.TRACE_SCORES, "traces", "trace_id")).hasSize(11 * 392);
      assertThat(warehouse.rows(MetricTable.DETECTION, "traces", "family", "population"))
          .filteredOn(row -> !row.getString(1).equals("without_execve"))
          .hasSize(11 * 2 * 7);
      assertThat(warehouse.rows(MetricTable.ROC, "traces", "fpr")).isNotEmpty();
      assertThat(statusOfTheRun).isEqualTo("[[succeeded]]");
    }
  }

  /** Number of traces that calibrate the LSTM. */
  private long calibrating() throws IOException {
    return new ObjectMapper()
        .readTree(program.folder("traces").resolve("detector/detector.json").toFile())
        .path("calibration")
        .path("lstm")
        .path("traces")
        .asLong();
  }

  @Test
  void aModelOfTracesDoesNotScoreWindows() {
    Program.Outcome score = run("score");
    assertThat(score.exitCode()).isEqualTo(3);
    assertThat(score.complaint())
        .contains(
            "Cannot run the score step: the sequences were made with training.unit = traces, and it"
                + " is windows now");
  }
}
