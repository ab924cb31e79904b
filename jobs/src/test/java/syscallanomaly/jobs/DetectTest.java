package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.run.Outcome;
import syscallanomaly.warehouse.MetricTable;

/** A fitted detector judges traces that no run has seen, in a workspace of its own. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class DetectTest {
  /** A training trace. */
  private static final String KNOWN = "1 3 3 1 2 5 1 3 3 1 2 5 1 3 3 1 2 5 1 3";

  private static final String UNKNOWN = "9 9 300 9 9 300 9 9 300 9 301 9 9 9 9 9 9 9 9 9";

  private Path folder;
  private Program training;
  private Path detector;

  @TempDir private Path own;
  private Program program;
  private Path observed;

  @BeforeAll
  void fitADetector(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Path traces = folder.resolve("traces");
    SmallTraces.write(traces);
    training = new Program(folder.resolve("training"));
    Program.Outcome fitted =
        training.run(
            "pipeline",
            SmallTraces.options(
                traces,
                "fitted",
                "training.epochs=1",
                "training.averaging-frequency=40",
                "sequences.hold-out.fraction=0.6",
                "scoring.detectors=[ensemble, lstm-window, stide]",
                "scoring.ensemble.parts=[lstm-window, stide]"));
    assertThat(fitted.exitCode()).as(fitted.err()).isZero();
    FileUtils.deleteDirectory(traces.toFile());
    detector = folder.resolve("copied");
    FileUtils.copyDirectory(
        training.folder("fitted").resolve("detector").toFile(), detector.toFile());
  }

  @BeforeEach
  void writeTraces() throws IOException {
    program = new Program(own.resolve("workspace"));
    observed = own.resolve("observed");
    write("known.txt", KNOWN);
    write("strange.txt", UNKNOWN);
    write("strange-again.txt", UNKNOWN);
  }

  private void write(String name, String calls) throws IOException {
    Files.createDirectories(observed);
    Files.writeString(observed.resolve(name), calls);
  }

  private Program.Outcome detect(Program in, Object named, String... more) {
    List<String> options = new ArrayList<>();
    Stream.concat(
            Stream.of(
                "detector=" + named,
                "traces.observed=" + observed,
                "run.id=d",
                "scoring.false-alarm-rate=0.3"),
            Stream.of(more))
        .forEach(assignment -> options.addAll(List.of("--set", assignment)));
    options.addAll(List.of("--result", own.resolve("result.json").toString()));
    return in.run("detect", options.toArray(String[]::new));
  }

  @Test
  void judgesWithTheFolderOfTheDetectorAlone() throws IOException {
    write("broken.txt", "1 2 x");

    Program.Outcome outcome = detect(program, detector, "traces.max-rejected-share=0.5");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains(
            "observed    3 traces, 60 calls, 1 rejected\n",
            "\ndetector    fitted by run fitted to 16 normal traces at 2",
            "\nalarms      ensemble on 2 of 3 traces, at a false-alarm rate of 0.3\n",
            "\nalarm       strange-again.txt, score ",
            ": more unusual than all of ",
            "\nno alarm    known.txt, score ",
            "\nreport      file:" + program.folder("d").resolve("report.html") + "\n");
    assertThat(Files.readAllLines(program.folder("d").resolve("rejects/detect.json")))
        .singleElement()
        .asString()
        .contains("\"split\":\"observed\"", "broken.txt", "'x'");
    assertThat(own.resolve("workspace/sample")).doesNotExist();
    Outcome told = new ObjectMapper().readValue(own.resolve("result.json").toFile(), Outcome.class);
    assertThat(told.output()).isEqualTo(outcome.out());
    assertThat(told.figures())
        .containsExactly(
            entry("detector", "ensemble"),
            entry("traces", 3),
            entry("rejected", 1),
            entry("alarms", 2),
            entry("alarm_rate", 2.0 / 3),
            entry("run_id", "d"),
            entry("run_folder", "file:" + program.folder("d")));
    assertThat(report())
        .contains(
            "<strong>ensemble</strong> raises an alarm on <strong>2</strong> of 3 observed traces.",
            "<strong>1 file or trace was rejected</strong>",
            "2 equal traces</span>",
            "4 calls: <code>fstatat64</code>",
            "n-grams of 6 calls (100.0%); the first, at 1: ")
        .doesNotContain("<script");
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      assertThat(
              warehouse.rows(
                  MetricTable.TRACE_SCORES,
                  "d",
                  "detector",
                  "trace_id",
                  "split",
                  "family",
                  "calls",
                  "alarm"))
          .hasSize(9)
          .allSatisfy(row -> assertThat(row.getString(2)).isEqualTo("observed"))
          .allSatisfy(row -> assertThat(row.isNullAt(3)).isTrue())
          .extracting(Row::toString)
          .contains("[ensemble,known.txt,observed,null,20,false]");
      assertThat(
              warehouse
                  .rows(MetricTable.ALARMS, "d", "detector", "trace_id", "calls", "part")
                  .stream()
                  .filter(row -> row.getString(0).equals("stide"))
                  .map(Row::toString))
          .containsExactly("[stide,strange-again.txt,20,null]", "[stide,strange.txt,20,null]");
      assertThat(warehouse.rows(MetricTable.ALARMS, "d", "part", "detector"))
          .filteredOn(row -> row.getString(1).equals("ensemble"))
          .hasSize(2)
          .allSatisfy(row -> assertThat(row.getString(0)).isIn("lstm-window", "stide"));
      assertThat(warehouse.rows(MetricTable.RUNS, "d", "status").toString())
          .isEqualTo("[[succeeded]]");
      assertThat(warehouse.rows(MetricTable.DATA_PROFILE, "d", "split")).isEmpty();
    }
  }

  @Test
  void takesTheNameOrTheFolderOfTheRunThatFittedTheDetector() {
    Program.Outcome byName = detect(training, "fitted");
    List<Row> scores = scores(training);
    Program.Outcome byFolder = detect(program, training.folder("fitted"));

    assertThat(byName.exitCode()).as(byName.err()).isZero();
    assertThat(byFolder.exitCode()).as(byFolder.err()).isZero();
    assertThat(scores).hasSize(9).isEqualTo(scores(program));
  }

  private static List<Row> scores(Program of) {
    try (WarehouseReader warehouse = new WarehouseReader(of.warehouse())) {
      return warehouse.rows(
          MetricTable.TRACE_SCORES, "d", "detector", "trace_id", "score", "p_value", "alarm");
    }
  }

  @Test
  void anAlarmMayDecideTheExitCode() throws IOException {
    String failing = "detect.fail-on-alarm=true";
    Program.Outcome alarm = detect(program, detector, failing);
    Files.delete(observed.resolve("strange.txt"));
    Files.delete(observed.resolve("strange-again.txt"));
    Program.Outcome none =
        detect(program, detector, failing, "traces.root=" + own, "traces.observed=observed");

    assertThat(alarm.exitCode()).as(alarm.err()).isEqualTo(4);
    assertThat(alarm.out()).contains("\nalarms      ensemble on 2 of 3 traces");
    assertThat(none.exitCode()).as(none.err()).isZero();
    assertThat(none.out()).contains("\nalarms      ensemble on 0 of 1 traces");
  }

  @Test
  void refusesAnEmptyPlaceAndAPlaceWithoutADetector() throws IOException {
    Path empty = Files.createDirectories(own.resolve("empty"));

    assertRefused(
        detect(program, detector, "traces.observed=" + empty),
        "Cannot read observed traces from " + empty + ": it holds no file; check traces.root and");
    assertRefused(
        detect(program, "nowhere"),
        "Cannot use the detector nowhere: there is no detector.json in nowhere or nowhere/detector or file:"
            + program.folder("nowhere").resolve("detector")
            + "; name the folder of a detector or a run, or run the fit step first");
  }

  @Test
  void refusesADetectorThatIsNotTheOneThatWasWritten() throws IOException {
    Path changed = own.resolve("changed");
    FileUtils.copyDirectory(detector.toFile(), changed.toFile());
    Path model;
    try (Stream<Path> files = Files.walk(changed)) {
      model = files.filter(file -> file.endsWith("lstm/model.zip")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    Program.Outcome otherByte = detect(program, changed);
    Files.delete(model);
    Program.Outcome missing = detect(program, changed);
    Path manifest = changed.resolve("detector.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst("\"formatVersion\" : \\d+", "\"formatVersion\" : 99"));
    Program.Outcome other = detect(program, changed);

    assertRefused(otherByte, "model.zip");
    assertRefused(missing, "model.zip");
    assertRefused(other, "it has format version 99, and this program reads version ");
    assertThat(program.folder("d").resolve("report.html")).doesNotExist();
  }

  private static void assertRefused(Program.Outcome outcome, String part) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.complaint()).startsWith("Cannot ").contains(part);
  }

  private String report() throws IOException {
    return Files.readString(program.folder("d").resolve("report.html"));
  }
}
