package syscallanomaly.jobs.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import syscallanomaly.jobs.benchmark.Benchmark;
import syscallanomaly.jobs.benchmark.BenchmarkResult;
import syscallanomaly.jobs.benchmark.BenchmarkTables;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.step.JobContext;

/** Measures on a run's traces; its folder takes {@code benchmark.json}, the tables nothing. */
final class BenchmarkJob implements Job {
  @Override
  public String name() {
    return "benchmark";
  }

  @Override
  public String description() {
    return "measures training and scoring; prints a table and writes JSON";
  }

  @Override
  public boolean isPartOfRun() {
    return false;
  }

  @Override
  public void run(JobContext context) throws IOException {
    BenchmarkResult result = Benchmark.run(context);
    RunFolder folder = context.folder();
    folder.writeAtomically(folder.benchmark(), result.toJson().getBytes(StandardCharsets.UTF_8));
    BenchmarkTables.lines(result).forEach(context.summary()::add);
  }
}
