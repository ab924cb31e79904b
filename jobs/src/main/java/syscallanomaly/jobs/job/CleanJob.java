package syscallanomaly.jobs.job;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import syscallanomaly.jobs.clean.RunCleaning;
import syscallanomaly.jobs.configuration.CleanSettings;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.Summary;

/** Deletes old runs and old snapshots of the metric tables. It works on no run's folder. */
final class CleanJob implements Job {
  /** Names that a line of the summary shows. */
  private static final int SHOWN = 20;

  @Override
  public String name() {
    return "clean";
  }

  @Override
  public String description() {
    return "deletes old runs and old snapshots of the metric tables";
  }

  @Override
  public boolean isPartOfRun() {
    return false;
  }

  @Override
  public boolean hasRunFolder() {
    return false;
  }

  @Override
  public boolean readsCorpus() {
    return false;
  }

  @Override
  public void run(JobContext context) throws IOException {
    CleanSettings settings = context.configuration().clean();
    int days = context.configuration().warehouse().keepSnapshotsDays();
    Summary summary = context.summary();
    RunCleaning cleaning =
        new RunCleaning(
            context.folder().workspace(),
            context.tables(),
            settings,
            line -> context.progress().say(Secrets.masked(line)));
    Instant now = Instant.now();
    List<RunCleaning.Candidate> candidates = cleaning.candidates(now);
    if (settings.dryRun()) {
      candidates.forEach(
          run -> summary.add("Would delete run %s: %s".formatted(run.id(), run.reason())));
      if (days > 0) {
        summary.add(
            "Would delete rows that were replaced more than %d days ago, and files of that age that no table names"
                .formatted(days));
      }
      summary.add("Nothing was deleted; set clean.dry-run=false to delete");
      return;
    }
    List<String> deleted = cleaning.delete(candidates);
    context.tables().expireSnapshots(now);
    context.tables().deleteOrphanFiles(now);
    summary.add(deleted.isEmpty() ? "No run was deleted" : "Deleted %s".formatted(names(deleted)));
    if (days > 0) {
      summary.add(
          "Deleted rows that were replaced more than %d days ago, and files of that age that no table names"
              .formatted(days));
    }
  }

  private static String names(List<String> runs) {
    String first = String.join(", ", runs.subList(0, Math.min(SHOWN, runs.size())));
    String count = runs.size() == 1 ? "run " : runs.size() + " runs: ";
    return count + first + (runs.size() > SHOWN ? ", ..." : "");
  }
}
