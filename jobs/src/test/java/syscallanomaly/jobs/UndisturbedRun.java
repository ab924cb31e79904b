package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A workspace with a run that nothing has disturbed, to hold others on the same traces against. */
final class UndisturbedRun {
  static final String ID = "undisturbed";

  private final Path folder;
  private final Path traces;
  private final Program program;
  private final RunTables tables;
  private final List<String> common;

  private UndisturbedRun(Path folder, List<String> common) throws IOException {
    this.folder = folder;
    this.traces = folder.resolve("traces");
    this.program = new Program(workspace());
    this.common = common;
    SmallTraces.write(traces);
    Program.Outcome outcome = program.run("pipeline", options(ID));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    this.tables = RunTables.read(program.warehouse(), ID);
  }

  /**
   * Runs the pipeline on small traces, on two local workers.
   *
   * @param folder takes traces and workspace
   * @param common assignments, of this run and of those that are held against it
   */
  static UndisturbedRun in(Path folder, String... common) throws IOException {
    return new UndisturbedRun(folder, List.of(common));
  }

  /** The program on the workspace of this run. */
  Program program() {
    return program;
  }

  RunTables tables() {
    return tables;
  }

  /** What makes a run of another name that comes to the same, but for further assignments. */
  String[] options(String runId, String... more) {
    List<String> all = new ArrayList<>(common);
    all.addAll(List.of(more));
    return SmallTraces.options(traces, runId, all.toArray(String[]::new));
  }

  /**
   * Starts such a run in a process of its own.
   *
   * @param spark what to tell Spark
   */
  ProgramProcess start(String runId, Map<String, String> spark) throws IOException {
    return ProgramProcess.start(
        workspace(), folder.resolve(runId + "-output"), spark, "pipeline", options(runId));
  }

  /** Requires that a run has come to the same, in all tables. */
  void assertSame(String runId) {
    RunTables.read(program.warehouse(), runId).assertSameAs(tables);
  }

  Path workspace() {
    return folder.resolve("workspace");
  }
}
