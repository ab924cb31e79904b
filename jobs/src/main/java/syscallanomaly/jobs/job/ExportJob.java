package syscallanomaly.jobs.job;

import java.util.ArrayList;
import java.util.List;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.export.TableExport;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.JobContext;

/** Writes the metric tables into a PostgreSQL database. It works on no run's folder. */
final class ExportJob implements Job {
  @Override
  public String name() {
    return "export";
  }

  @Override
  public String description() {
    return "writes the metric tables into a PostgreSQL database";
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
  public List<String> missing(Configuration configuration) {
    List<String> missing = new ArrayList<>();
    if (configuration.export().url().isEmpty()) {
      missing.add(
          "Cannot export: no database is named; set export.url to jdbc:postgresql://host:5432/database");
    }
    if (configuration.export().user().isEmpty()) {
      missing.add("Cannot export: no user of the database is named; set export.user");
    }
    return missing;
  }

  @Override
  public void run(JobContext context) {
    TableExport.Result result;
    try (SparkTaskProgress shown = context.showTasks(name())) {
      result =
          new TableExport(context.spark(), context.tables(), context.configuration().export())
              .execute();
    }
    List<String> runs = result.runs();
    if (runs.isEmpty()) {
      context.summary().add("No run has changed since the last export to " + result.address());
      return;
    }
    context
        .summary()
        .add(
            "Exported %s, %,d rows, to %s"
                .formatted(
                    runs.size() == 1 ? "run " + runs.get(0) : runs.size() + " runs",
                    result.rows().values().stream().mapToLong(Long::longValue).sum(),
                    result.address()));
  }
}
