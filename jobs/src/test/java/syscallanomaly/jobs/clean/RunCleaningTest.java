package syscallanomaly.jobs.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.OddRows;
import syscallanomaly.jobs.Program;
import syscallanomaly.jobs.WarehouseReader;
import syscallanomaly.jobs.configuration.CleanSettings;
import syscallanomaly.jobs.run.Lease;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.warehouse.MetricTable;
import syscallanomaly.warehouse.MetricTables;

@Tag("slow")
class RunCleaningTest {
  private static final Instant NOW = OddRows.START.plus(Duration.ofDays(100));
  private static final int DAYS = 30;

  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();

  @Test
  void oldRunsGoButForThoseThatAreHeldOrInUse() throws Exception {
    makeRun("current");
    makeRun("held");
    makeRun("old");
    makeRun("young");
    Path current = folder.resolve("models/current");
    Files.createDirectories(current.getParent());
    Files.writeString(
        current, "{\"detector\":{\"folder\":\"models/current-1f\",\"run\":\"current\"}}");
    Workspace workspace = workspace();
    try (WarehouseReader reader = reader();
        Lease lease = Lease.take(workspace.run("held"), said::add)) {
      write(reader.tables(), "current", DAYS + 1);
      write(reader.tables(), "held", DAYS + 1);
      write(reader.tables(), "old", DAYS + 1);
      write(reader.tables(), "withoutfolder", DAYS + 1);
      write(reader.tables(), "young", DAYS - 1);
      OddRows.write(reader.tables(), "killed", 3, null);
      RunCleaning cleaning =
          new RunCleaning(
              workspace, reader.tables(), new CleanSettings(DAYS, false, true, false), said::add);

      List<RunCleaning.Candidate> candidates = cleaning.candidates(NOW);
      assertThat(candidates)
          .extracting(RunCleaning.Candidate::id)
          .as("killed started long ago and never ended")
          .containsExactly("held", "killed", "old", "withoutfolder");
      assertThat(candidates.get(2).reason())
          .isEqualTo("it ended at 2026-06-06T02:30:59Z, more than 30 days ago");

      assertThat(cleaning.delete(candidates)).containsExactly("killed", "old", "withoutfolder");

      for (MetricTable table : MetricTable.values()) {
        assertThat(reader.allRuns(table, "run_id"))
            .as(table.label())
            .extracting(row -> row.getString(0))
            .isSubsetOf("current", "held", "young");
      }
      assertThat(runs(reader)).containsExactly("current", "held", "young");
      lease.close();
      assertThat(cleaning.delete(cleaning.candidates(NOW))).containsExactly("held");
    }
    assertThat(folder.resolve("runs")).isDirectory();
    assertThat(folder.resolve("runs/old")).doesNotExist();
    assertThat(folder.resolve("runs/held")).doesNotExist();
    assertThat(folder.resolve("runs/young/manifest.json")).exists();
    assertThat(folder.resolve("runs/current/manifest.json")).exists();
    assertThat(said)
        .anyMatch(line -> line.equals("Run current stays: models/current names it"))
        .anyMatch(line -> line.startsWith("Run held stays: Cannot work on run held: process "));
  }

  @Test
  void runsWhoseFolderIsGoneGoIfAsked() throws Exception {
    makeRun("here");
    try (WarehouseReader reader = reader()) {
      write(reader.tables(), "gone", 1);
      write(reader.tables(), "here", 1);

      assertThat(cleaning(reader, new CleanSettings(0, false, true, false)).candidates(NOW))
          .as("other workspaces may have it")
          .isEmpty();
      RunCleaning cleaning = cleaning(reader, new CleanSettings(0, true, false, false));
      assertThat(cleaning.candidates(NOW))
          .containsExactly(
              new RunCleaning.Candidate("gone", "it has no folder in " + workspace().root()));
      assertThat(cleaning.delete(cleaning.candidates(NOW))).containsExactly("gone");
      assertThat(runs(reader)).containsExactly("here");
    }
  }

  /** The default only says what would go. */
  @Test
  void theJobDeletesNothingUntilItIsTold() throws Exception {
    makeRun("old");
    try (WarehouseReader reader = reader()) {
      write(reader.tables(), "old", 1);
    }
    Program program = new Program(folder.toString(), Map.of());
    String[] options = {"--set", "clean.keep-runs-days=1", "--set", "clean.run-folders=true"};

    Program.Outcome dry = program.run("clean", options);

    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out())
        .matches(
            "Would delete run old: it ended at 2026-07-06T02:30:59Z, more than 1 days ago\\R"
                + "Would delete rows that were replaced more than 7 days ago, and files of that age that no table names\\R"
                + "Nothing was deleted; set clean.dry-run=false to delete\\R");
    assertThat(folder.resolve("runs/old/manifest.json")).exists();

    Program.Outcome done =
        program.run(
            "clean",
            options[0],
            options[1],
            options[2],
            options[3],
            "--set",
            "clean.dry-run=false");

    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.out())
        .matches(
            "Deleted run old\\RDeleted rows that were replaced more than 7 days ago, and files of that age that no table names\\R");
    assertThat(folder.resolve("runs")).isEmptyDirectory();
  }

  private void makeRun(String id) throws IOException {
    Path run = Files.createDirectories(folder.resolve("runs").resolve(id));
    Files.writeString(run.resolve("manifest.json"), "{}");
  }

  private static void write(MetricTables tables, String run, int daysAgo) {
    OddRows.write(tables, run, 3, NOW.minus(Duration.ofDays(daysAgo)));
  }

  private RunCleaning cleaning(WarehouseReader reader, CleanSettings settings) throws Exception {
    return new RunCleaning(workspace(), reader.tables(), settings, said::add);
  }

  private Workspace workspace() throws Exception {
    return Workspace.open(folder.toString(), new Configuration());
  }

  private WarehouseReader reader() {
    return new WarehouseReader(folder.resolve("warehouse").toString(), Map.of());
  }

  private static List<String> runs(WarehouseReader reader) {
    return reader.allRuns(MetricTable.RUNS, "run_id").stream()
        .map((Row row) -> row.getString(0))
        .sorted()
        .toList();
  }
}
