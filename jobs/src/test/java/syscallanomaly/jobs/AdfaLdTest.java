package syscallanomaly.jobs;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.warehouse.MetricTable;

/** The shipped configurations on ADFA-LD, where the corpus lies beside the checkout. */
@Tag("slow")
@Tag("adfa-ld")
class AdfaLdTest {
  private static final Path ZIP = Path.of("../../shared/data/ADFA-LD.zip");

  @TempDir Path workspace;

  @BeforeEach
  void requireTheCorpus() {
    assumeTrue(Files.exists(ZIP), "ADFA-LD is not at " + ZIP.toAbsolutePath());
  }

  private Program.Outcome run(String job, String conf, String... more) {
    String[] options = new String[more.length + 6];
    options[0] = "--conf";
    options[1] = conf;
    options[2] = "--set";
    options[3] = "traces.root=" + ZIP;
    options[4] = "--set";
    options[5] = "run.id=adfa";
    System.arraycopy(more, 0, options, 6, more.length);
    return new Program(workspace).run(job, options);
  }

  private long windows(WarehouseReader warehouse, String part) {
    String folder = new Program(workspace).windows("adfa").resolve(part).toString();
    Row total = warehouse.spark().read().parquet(folder).agg(sum("multiplicity")).head();
    return total.getLong(0);
  }

  @Test
  void theFullCorpusHasTheKnownProfile() {
    assertThat(run("vocabulary", "adfa-ld.conf").exitCode()).isZero();
    assertThat(run("windows", "adfa-ld.conf", "--set", "training.unit=windows").exitCode())
        .isZero();
    try (WarehouseReader warehouse = new WarehouseReader(workspace.resolve("warehouse"))) {
      assertThat(
              warehouse
                  .rows(
                      MetricTable.DATA_PROFILE,
                      "adfa",
                      "split",
                      "traces",
                      "rejected",
                      "calls",
                      "distinct_calls",
                      "max_call",
                      "min_length",
                      "median_length",
                      "max_length",
                      "windows",
                      "distinct_windows")
                  .toString())
          .isEqualTo(
              "[[attack,746,0,317388,90,340,75,290,2712,303214,279630], "
                  + "[training,833,0,308077,150,340,79,201,2948,292250,148325], "
                  + "[validation,4372,0,2122085,169,340,77,343,4494,2039017,534612]]");
      assertThat(windows(warehouse, "training") + windows(warehouse, "held-out"))
          .isEqualTo(292_250);
    }
  }

  @Test
  void theNotebooksExperimentComesOutAsInTheNotebook() throws Exception {
    // The notebook has no other detector.
    Program.Outcome outcome =
        run(
            "pipeline",
            "notebook.conf",
            "--set",
            "traces.attack=\"\"",
            "--set",
            "scoring.detectors=[lstm]");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode model =
        new ObjectMapper().readTree(workspace.resolve("runs/adfa/model.json").toFile());
    assertThat(model.get("parameters").asLong()).isEqualTo(609_881);
    try (WarehouseReader warehouse = new WarehouseReader(workspace.resolve("warehouse"))) {
      assertThat(
              warehouse
                  .rows(
                      MetricTable.DATA_PROFILE,
                      "adfa",
                      "split",
                      "traces",
                      "max_call",
                      "max_length",
                      "windows")
                  .toString())
          .isEqualTo("[[training,833,340,2948,20298], [validation,4372,340,4494,21238]]");
      assertThat(windows(warehouse, "training")).isEqualTo(19_283);
      assertThat(windows(warehouse, "held-out")).isEqualTo(1015);
      Row next =
          warehouse.rows(MetricTable.NEXT_CALL, "adfa", "predictions", "loss", "accuracy").get(0);
      assertThat(next.getLong(0)).isEqualTo(21_238);
      // A single seed; the mean of three is at most 2.64, and at least .37.
      assertThat(next.getDouble(1)).isLessThan(2.72);
      assertThat(next.getDouble(2)).isGreaterThan(0.34);
      assertThat(warehouse.rows(MetricTable.DETECTION, "adfa", "auc")).isEmpty();
    }
  }
}
