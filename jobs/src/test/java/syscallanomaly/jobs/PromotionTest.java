package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.step.Step;
import syscallanomaly.jobs.step.Steps;
import syscallanomaly.warehouse.MetricTable;

/** A week of nights: detectors are fitted, promoted, refused and taken back. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PromotionTest {
  private static final String[] LIMITS = {
    "scoring.false-alarm-rate=0.3",
    "promotion.detector=stide",
    "promotion.max-false-alarm-rate=0.6",
    "promotion.max-unknown-calls=0.05",
    "promotion.keep=2"
  };

  private Path folder;
  private Path traces;
  private Program program;

  @BeforeAll
  void fitADetector(@TempDir Path temporary) throws IOException {
    folder = temporary;
    traces = folder.resolve("traces");
    SmallTraces.write(traces);
    List<Step> steps =
        Steps.all().stream()
            .map(step -> step.name() == StepName.SCORE ? new NoScores() : step)
            .toList();
    program = new Program(folder.resolve("workspace").toString(), Map.of(), steps);
    fit("monday", traces);
  }

  /** A detector is promoted by what the promotion itself measures. */
  private static final class NoScores implements Step {
    @Override
    public StepName name() {
      return StepName.SCORE;
    }

    @Override
    public void run(JobContext context) {}
  }

  private void fit(String run, Path from, String... more) {
    Program.Outcome fitted = program.run("pipeline", options(from, run, more));
    assertThat(fitted.exitCode()).as(fitted.err()).isZero();
  }

  private static String[] options(Path from, String run, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "training.epochs=2",
                "training.batch-size=32",
                "training.learning-rate=0.03",
                "training.averaging-frequency=40",
                "training.checkpoint-minutes=0",
                "sequences.hold-out.fraction=0.4"));
    all.addAll(List.of(LIMITS));
    all.addAll(List.of(more));
    return SmallTraces.options(from, run, all.toArray(String[]::new));
  }

  private Program.Outcome promote(String run, String... more) {
    return program.run("promote", options(traces, run, more));
  }

  private String current() throws IOException {
    Path file = folder.resolve("workspace/models/current");
    return Files.exists(file) ? Files.readString(file) : "none";
  }

  private List<String> copies() {
    return Program.files(folder.resolve("workspace/models")).stream()
        .filter(Files::isDirectory)
        .map(copy -> copy.getFileName().toString().replaceFirst("-[0-9a-f]{12}$", ""))
        .toList();
  }

  private List<Row> rows(String run, String... columns) {
    try (WarehouseReader reader = new WarehouseReader(program.warehouse())) {
      return reader.rows(MetricTable.PROMOTIONS, run, columns);
    }
  }

  @Test
  @Order(1)
  void theFirstDetectorIsComparedWithNone() throws Exception {
    Program.Outcome outcome = promote("monday");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains(
            "\nPromoted: the detector of run monday is in use now, the first of this workspace; it"
                + " passed 6 gates\n");
    assertThat(copies()).containsExactly("monday");
    assertThat(rows("monday", "gate", "accepted", "previous_run_id", "current_run_id").toString())
        .isEqualTo(
            "[[decision,true,null,monday], [false_alarm_ceiling,true,null,monday],"
                + " [finite_loss,true,null,monday], [next_call_accuracy,true,null,monday],"
                + " [rejected_share,true,null,monday], [unknown_calls,true,null,monday],"
                + " [unscored_traces,true,null,monday]]");
    assertThat(program.folder("monday").resolve("promotion.json"))
        .content()
        .contains("\"action\" : \"promote\"", "\"accepted\" : true", "\"gate\" : \"finite_loss\"");
  }

  @Test
  @Order(2)
  void theSameDetectorIsNotPromotedTwice() throws Exception {
    String before = current();
    List<Row> rows = rows("monday", "gate", "decided_at", "value", "reason");
    try (WarehouseReader reader = new WarehouseReader(program.warehouse())) {
      // As after an attempt that ended before it wrote them.
      reader.spark().sql("DELETE FROM syscall.syscall_anomaly.promotions");
    }

    Program.Outcome outcome = promote("monday");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("The detector of run monday is in use already, since ", "; nothing is changed\n");
    assertThat(current()).isEqualTo(before);
    assertThat(rows("monday", "gate", "decided_at", "value", "reason")).isEqualTo(rows);
  }

  @Test
  @Order(3)
  void aDetectorOfShuffledTracesIsRefused() throws Exception {
    Path shuffled = changed("shuffled", PromotionTest::shuffled);
    fit("shuffled", shuffled, "training.epochs=1", "scoring.detectors=[stide]");

    assertRefused("shuffled", List.of("auc"), 0);
  }

  @Test
  @Order(4)
  void aDetectorThatWasTrainedAtAWildRateIsRefused() throws Exception {
    fit(
        "wild",
        traces,
        "training.epochs=1",
        "training.learning-rate=2",
        "scoring.detectors=[lstm]");

    assertRefused("wild", List.of("next_call_loss"), 0, "promotion.detector=lstm");
  }

  @Test
  @Order(5)
  void aDetectorOfHalfTheVocabularyIsRefused() throws Exception {
    Path half =
        changed(
            "half",
            calls ->
                Stream.of(calls.split(" "))
                    .filter(call -> call.length() == 1 && call.compareTo("4") < 0)
                    .reduce("", (one, other) -> one + " " + other)
                    .strip());
    fit("half", half, "training.epochs=1");

    assertRefused(
        "half", List.of("call_drift", "unknown_calls"), 5, "promotion.fail-on-refusal=true");
  }

  private void assertRefused(String run, List<String> gates, int exitCode, String... more)
      throws IOException {
    String before = current();
    Program.Outcome outcome = promote(run, more);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    String line =
        outcome.out().lines().filter(text -> text.startsWith("Not promoted: ")).findFirst().get();
    assertThat(line)
        .startsWith("Not promoted: the detector of run %s did not pass: ".formatted(run))
        .endsWith("; that of run monday stays in use");
    assertThat(gates).allSatisfy(gate -> assertThat(line).contains(gate + ", "));
    assertThat(current()).isEqualTo(before);
    assertThat(copies()).containsExactly("monday");
    List<Row> rows = rows(run, "gate", "accepted", "reason", "previous_run_id", "current_run_id");
    assertThat(rows).hasSize(13);
    assertThat(
            rows.stream()
                .filter(row -> Boolean.FALSE.equals(row.get(1)))
                .map(row -> row.getString(0)))
        .containsAll(gates)
        .contains("decision");
    assertThat(
            rows.stream()
                .filter(row -> row.getString(0).equals("decision"))
                .map(row -> row.getString(2)))
        .containsExactly(line);
    assertThat(rows)
        .allMatch(row -> row.getString(3).equals("monday") && row.getString(4).equals("monday"));
    assertThat(program.folder(run).resolve("promotion.json"))
        .content()
        .contains("\"accepted\" : false");
    assertThat(outcome.out()).doesNotContain("The validation traces are not");
  }

  @Test
  @Order(6)
  void validationTracesThatTheRunHasNotReadBeforeAreNamed() {
    Program.Outcome outcome = promote("half", "traces.validation=Training_Data_Master");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains(
            "The validation traces are not those that run half has read before; if that is not"
                + " meant, give the traces.* keys of that run\n",
            "Not promoted: ");
  }

  private static String shuffled(String calls) {
    List<String> list = Arrays.asList(calls.split(" "));
    Collections.shuffle(list, new Random(calls.hashCode()));
    return String.join(" ", list);
  }

  /** The same corpus with other training traces. */
  private Path changed(String name, UnaryOperator<String> change) throws IOException {
    Path copy = folder.resolve(name);
    FileUtils.copyDirectory(traces.toFile(), copy.toFile());
    for (Path file : Program.files(copy.resolve("Training_Data_Master"))) {
      Files.writeString(file, change.apply(Files.readString(file)));
    }
    return copy;
  }

  @Test
  @Order(7)
  void aTrainingThatStartsFromTheDetectorInUseIsPromotedAndTakenBack() throws Exception {
    Path more = changed("more", calls -> calls);
    Files.writeString(more.resolve("Training_Data_Master/new.txt"), "1 99 1 99 1 3 3 1 99 1");
    fit("tuesday", more, "training.epochs=1", "training.start-from=current");
    assertThat(program.folder("tuesday").resolve("model.json"))
        .content()
        .contains("\"start\" : {", "\"run\" : \"monday\"");

    Program.Outcome promoted =
        program.run("promote", options(more, "tuesday", "promotion.drift.new-calls=0.1"));
    assertThat(promoted.exitCode()).as(promoted.err()).isZero();
    assertThat(promoted.out())
        .contains("\nPromoted: the detector of run tuesday is in use now, in place of that of run");
    assertThat(copies()).containsExactly("monday", "tuesday");
    assertThat(detect("models/current")).contains("fitted by run tuesday");

    String[] night = {"--set", "run.id=back"};
    Program.Outcome back = program.run("rollback", night);
    Program.Outcome again = program.run("rollback", night);
    Program.Outcome further = program.run("rollback");

    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.out())
        .contains(
            "Rolled back: the detector of run monday is in use again, in place of that of run"
                + " tuesday\n");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("The job back has gone back to the detector of run monday");
    assertThat(further.exitCode()).isEqualTo(3);
    assertThat(further.complaint())
        .startsWith("Cannot go back: ")
        .endsWith(" names no detector before that of run monday; promote another run instead");
    assertThat(
            rows("back", "action", "gate", "accepted", "previous_run_id", "current_run_id")
                .toString())
        .isEqualTo("[[rollback,decision,true,tuesday,monday]]");
    assertThat(rows("tuesday", "gate")).as("another run's").hasSize(13);
  }

  private String detect(String detector) {
    Program.Outcome outcome =
        program.run(
            "detect",
            "--set",
            "detector=" + detector,
            "--set",
            "traces.observed=" + traces.resolve("Validation_Data_Master"),
            "--set",
            "run.id=d");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @Test
  @Order(8)
  void aDetectorInUseThatCannotBeReadIsToldInOneLine() throws Exception {
    Path models = folder.resolve("workspace/models");
    String whole = current();
    Path copy =
        Program.files(models).stream()
            .filter(file -> file.getFileName().toString().startsWith("monday-"))
            .findFirst()
            .orElseThrow();
    List<Row> rows = rows("tuesday", "gate", "reason");

    write(models.resolve("current"), whole.substring(0, 40));
    assertCannot(promote("tuesday"), "Cannot tell which detector is in use: ", " is damaged; ");
    write(models.resolve("current"), whole);
    Path json = copy.resolve("detector.json");
    String detector = Files.readString(json);
    write(json, detector.replaceFirst("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
    assertCannot(promote("tuesday"), "Cannot use the detector ", "has another detector.json than");
    write(
        models.resolve("current"),
        whole.replaceFirst(
            "\"hash\" : \"[0-9a-f]+\"", "\"hash\" : \"%s\"".formatted(sha256(json))));
    assertCannot(
        promote("tuesday"),
        "Cannot use the detector ",
        "has format version 2, and this program reads version 1");
    Files.move(copy, folder.resolve("elsewhere"));
    assertCannot(
        promote("tuesday"), "Cannot use the detector ", " is missing, or has no detector.json");
    assertThat(rows("tuesday", "gate", "reason")).isEqualTo(rows);
    assertThat(program.run("promote", "--set", "run.id=never").exitCode()).isEqualTo(2);
    assertThat(program.folder("never")).doesNotExist();
  }

  private static String sha256(Path file) throws IOException {
    return org.apache.commons.codec.digest.DigestUtils.sha256Hex(Files.readAllBytes(file));
  }

  private static void write(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  private static void assertCannot(Program.Outcome outcome, String start, String part) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.complaint()).startsWith(start).contains(part);
    assertThat(outcome.err()).doesNotContain("\tat ");
  }
}
