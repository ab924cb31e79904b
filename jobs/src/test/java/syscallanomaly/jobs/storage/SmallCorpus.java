package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import syscallanomaly.jobs.Program;
import syscallanomaly.jobs.WarehouseReader;
import syscallanomaly.warehouse.MetricTable;

/** Traces of some fifty calls, in the layout of ADFA-LD, some in a zip; always the same ones. */
final class SmallCorpus {
  static final int TRAINING = 40;
  static final int VALIDATION = 20;
  static final int ATTACK = 10;

  /** CPUs round differently. */
  private static final double TOLERANCE = 1e-3;

  private static final int LENGTH = 50;
  private static final int SMALLEST_LOOP = 3;
  private static final int NORMAL_CALLS = 8;
  private static final int ATTACK_CALLS = 12;

  private SmallCorpus() {}

  /** Writes the three splits below a folder. */
  static void write(FileSystem files, Path folder) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < TRAINING; i++) {
      write(files, training(folder, i), trace(random, NORMAL_CALLS));
    }
    for (int i = 0; i < VALIDATION; i++) {
      Path file = new Path(folder, "Validation_Data_Master/UVD-%04d.txt".formatted(i));
      write(files, file, trace(random, NORMAL_CALLS));
    }
    Path attacks = new Path(folder, "Attack_Data_Master");
    try (FSDataOutputStream out = files.create(new Path(attacks, "Adduser_2.zip"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < ATTACK; i++) {
        String trace = trace(random, ATTACK_CALLS);
        if (i % 3 == 2) {
          zip.putNextEntry(new ZipEntry("UAD-%d.txt".formatted(i)));
          zip.write(trace.getBytes(StandardCharsets.UTF_8));
        } else {
          write(files, new Path(attacks, "Adduser_%d/UAD-%d.txt".formatted(i % 3, i)), trace);
        }
      }
    }
  }

  /** A file of the training traces, from 0. */
  static Path training(Path folder, int number) {
    return new Path(folder, "Training_Data_Master/UTD-%04d.txt".formatted(number));
  }

  static void write(FileSystem files, Path file, String content) throws IOException {
    try (FSDataOutputStream out = files.create(file)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A loop over a few calls, now and then disturbed. */
  private static String trace(SplittableRandom random, int calls) {
    int loop = random.nextInt(SMALLEST_LOOP, calls);
    int length = LENGTH + random.nextInt(LENGTH);
    return random
        .ints(length, 0, NORMAL_CALLS)
        .mapToObj(draw -> draw == 0 ? random.nextInt(calls) : -1)
        .map(call -> call < 0 ? random.nextInt(loop) : call)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** Runs a job on these traces with the least work that fills every table and the report. */
  static Program.Outcome run(Program program, String job, String traces, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--set", "run.id=r",
                "--set", "traces.root=" + traces,
                "--set", "windows.length=6",
                "--set", "network.layers=[4]",
                "--set", "network.embedding=4",
                "--set", "training.epochs=1",
                "--set", "training.batch-size=200",
                "--set", "sequences.hold-out.fraction=0.3",
                "--set", "scoring.detectors=[lstm,stide]",
                "--set", "evaluation.bootstrap-samples=20"));
    all.addAll(List.of(options));
    return program.run(job, all.toArray(String[]::new));
  }

  /** Where the normal traces lie: without them a run can no longer be repeated. */
  static List<Path> normal(Path folder) {
    return List.of(
        new Path(folder, "Training_Data_Master"), new Path(folder, "Validation_Data_Master"));
  }

  /**
   * Judges the attack traces with the fitted detector of the run {@code r}.
   *
   * @param program where the judging run {@code d} writes
   * @param workspace URI of the workspace that holds {@code r}
   */
  static Program.Outcome judge(Program program, String workspace, String traces) {
    return program.run(
        "detect",
        "--set",
        "run.id=d",
        "--set",
        "detector=" + workspace + "/runs/r",
        "--set",
        "traces.observed=" + traces + "/Attack_Data_Master");
  }

  /**
   * Requires that {@link #judge} gave each attack trace the score and p-value that it has in the
   * evaluation of the run.
   *
   * @param workspace URI of the workspace that holds the run {@code r}
   * @param own URI of the workspace that holds the run {@code d}
   */
  static void requireJudgedAlike(String workspace, String own, Map<String, String> options) {
    List<Row> scores = attacks(workspace, options, "r", "attack");
    assertThat(scores).hasSize(2 * ATTACK);
    assertThat(attacks(own, options, "d", "observed")).isEqualTo(scores);
  }

  private static List<Row> attacks(
      String workspace, Map<String, String> options, String run, String split) {
    try (WarehouseReader tables = new WarehouseReader(workspace + "/warehouse", options)) {
      return tables
          .rows(MetricTable.TRACE_SCORES, run, "split", "detector", "calls", "score", "p_value")
          .stream()
          .filter(row -> row.getString(0).equals(split))
          .map(row -> RowFactory.create(row.get(1), row.get(2), row.get(3), row.get(4)))
          .toList();
    }
  }

  /** Promotes the detector of that run, and requires that it is in use and its gates are told. */
  static void promote(
      FileSystem files,
      Program program,
      String workspace,
      String traces,
      Map<String, String> options)
      throws IOException {
    Program.Outcome promoted = run(program, "promote", traces, "--set", "promotion.min-accuracy=0");
    assertThat(promoted.exitCode()).as(promoted.err()).isZero();
    assertThat(promoted.out())
        .contains("\nPromoted: the detector of run r is in use now, the first");
    Path models = new Path(workspace, "models");
    assertThat(files.exists(new Path(models, "current"))).isTrue();
    assertThat(files.exists(new Path(models, "owner.json"))).isFalse();
    assertThat(files.globStatus(new Path(models, "r-*/detector.json"))).hasSize(1);
    try (WarehouseReader tables = new WarehouseReader(workspace + "/warehouse", options)) {
      assertThat(tables.rows(MetricTable.PROMOTIONS, "r", "gate", "accepted").toString())
          .startsWith("[[decision,true], [false_alarm_ceiling,true], [finite_loss,true], ");
    }
  }

  /**
   * Requires of a run of the whole pipeline that all its files and tables are there, with the
   * figures that these traces give on every file system.
   *
   * @param workspace URI
   * @param options with which Spark reaches the tables
   */
  static void requireAllOutput(FileSystem files, String workspace, Map<String, String> options)
      throws IOException {
    Path run = new Path(workspace, "runs/r");
    for (String file :
        List.of(
            "manifest.json",
            "vocabulary.json",
            "windows/provenance.json",
            "checkpoints/epoch-0001.zip",
            "model.json",
            "detector/detector.json",
            "report.html")) {
      assertThat(files.getFileStatus(new Path(run, file)).getLen()).as(file).isPositive();
    }
    assertThat(files.globStatus(new Path(run, "model-*.zip"))).hasSize(1);
    for (String step : List.of("vocabulary", "windows", "fit", "score")) {
      Path rejects = new Path(run, "rejects/" + step + ".json");
      assertThat(files.getFileStatus(rejects).getLen()).as(step).isZero();
    }
    for (String published : List.of("windows", "detector")) {
      assertThat(files.listStatus(new Path(run, published)))
          .as("%s: the files and what names them", published)
          .hasSize(2);
    }
    try (WarehouseReader tables = new WarehouseReader(workspace + "/warehouse", options)) {
      assertThat(tables.rows(MetricTable.RUNS, "r", "status").toString())
          .isEqualTo("[[succeeded]]");
      assertThat(
              tables
                  .rows(MetricTable.DATA_PROFILE, "r", "split", "traces", "calls", "windows")
                  .toString())
          .isEqualTo("[[attack,10,765,715], [training,40,3112,2912], [validation,20,1518,1418]]");
      assertThat(tables.rows(MetricTable.EPOCHS, "r", "held_out_loss"))
          .singleElement()
          .satisfies(row -> assertThat(row.getDouble(0)).isCloseTo(2.1293, within(TOLERANCE)));
      List<Row> losses = tables.rows(MetricTable.NEXT_CALL, "r", "split", "loss");
      assertThat(losses.stream().mapToDouble(row -> row.getDouble(1)).toArray())
          .as("attack, validation")
          .containsExactly(new double[] {2.1630, 2.1411}, within(TOLERANCE));
      assertThat(tables.rows(MetricTable.TRACE_SCORES, "r", "trace_id")).hasSize(2 * 30);
      assertThat(
              tables
                  .rows(MetricTable.DETECTION, "r", "detector", "population", "family", "auc")
                  .toString())
          .contains("[stide,official,all,0.735]")
          .contains("[lstm,official,Adduser,");
      assertThat(tables.rows(MetricTable.ROC, "r", "fpr")).isNotEmpty();
    }
  }
}
