package syscallanomaly.jobs.clean;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import syscallanomaly.jobs.configuration.CleanSettings;
import syscallanomaly.jobs.run.InUseException;
import syscallanomaly.jobs.run.Lease;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.warehouse.MetricTable;
import syscallanomaly.warehouse.MetricTables;

/**
 * Deletes runs that are too old, or whose folder is gone, from the metric tables, and, if the
 * settings say so, their folders.
 *
 * <p>A run that another program works on stays, and so does one that {@code models/current} names.
 * The folder {@code models} is never touched. Every run is held while it is deleted. A cleaning
 * that is interrupted goes on when it is started again.
 */
public final class RunCleaning {
  /** Runs that are held and deleted together, in one commit for each table. */
  private static final int BATCH = 50;

  private final Workspace workspace;
  private final MetricTables tables;
  private final CleanSettings settings;
  private final Consumer<String> say;

  /**
   * @param workspace holds the folders of the runs
   * @param tables the metric tables
   * @param settings which runs are deleted
   * @param say receives lines for the user
   */
  public RunCleaning(
      Workspace workspace, MetricTables tables, CleanSettings settings, Consumer<String> say) {
    this.workspace = workspace;
    this.tables = tables;
    this.settings = settings;
    this.say = say;
  }

  /**
   * A run that is to be deleted.
   *
   * @param id its name
   * @param reason why, as the end of a sentence
   */
  public record Candidate(String id, String reason) {}

  /**
   * Finds the runs that the settings say, sorted by name.
   *
   * @param now the time from which days count back
   */
  public List<Candidate> candidates(Instant now) throws IOException {
    Set<String> folders =
        workspace.folders(workspace.run("any").root().getParent()).stream()
            .map(Path::getName)
            .collect(Collectors.toSet());
    Set<String> inUse = new CurrentModel(workspace).names();
    Instant before = now.minus(Duration.ofDays(settings.keepRunsDays()));
    List<Candidate> found = new ArrayList<>();
    for (Row run :
        tables
            .table(MetricTable.RUNS)
            .select(
                col(MetricTable.RUN_ID),
                functions.unix_seconds(coalesce(col("finished_at"), col("started_at"))))
            .collectAsList()) {
      String id = run.getString(0);
      Instant ended = Instant.ofEpochSecond(run.getLong(1));
      boolean old = settings.keepRunsDays() > 0 && ended.isBefore(before);
      boolean gone = settings.deletedRuns() && !folders.contains(id);
      if ((old || gone) && inUse.contains(id)) {
        say.accept("Run %s stays: models/current names it".formatted(id));
      } else if (old) {
        found.add(
            new Candidate(
                id,
                "it ended at %s, more than %d days ago".formatted(ended, settings.keepRunsDays())));
      } else if (gone) {
        found.add(new Candidate(id, "it has no folder in " + workspace.root()));
      }
    }
    found.sort(Comparator.comparing(Candidate::id));
    return found;
  }

  /**
   * Deletes runs. Those that another program works on stay.
   *
   * @return names of the runs that were deleted
   */
  public List<String> delete(List<Candidate> candidates) throws IOException {
    List<String> deleted = new ArrayList<>();
    for (int from = 0; from < candidates.size(); from += BATCH) {
      deleted.addAll(
          deleteTogether(candidates.subList(from, Math.min(candidates.size(), from + BATCH))));
    }
    return deleted;
  }

  private List<String> deleteTogether(List<Candidate> candidates) throws IOException {
    List<String> deleted = new ArrayList<>();
    List<RunFolder> held = new ArrayList<>();
    List<Lease> leases = new ArrayList<>();
    try {
      for (Candidate candidate : candidates) {
        RunFolder folder = workspace.run(candidate.id());
        if (!workspace.has(folder.root())) {
          deleted.add(candidate.id());
          continue;
        }
        try {
          Lease lease = Lease.take(folder, say);
          leases.add(lease);
          held.add(folder.heldBy(lease));
          deleted.add(candidate.id());
        } catch (InUseException e) {
          say.accept("Run %s stays: %s".formatted(candidate.id(), e.getMessage()));
        }
      }
      for (RunFolder folder : held) {
        folder.requireHeld();
      }
      if (!deleted.isEmpty()) {
        tables.deleteRuns(deleted);
      }
      if (settings.runFolders()) {
        for (RunFolder folder : held) {
          folder.delete(folder.root());
        }
      }
      return deleted;
    } finally {
      leases.forEach(Lease::close);
    }
  }
}
