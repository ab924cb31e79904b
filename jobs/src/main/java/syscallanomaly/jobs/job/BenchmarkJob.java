package syscallanomaly.jobs.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import syscallanomaly.jobs.benchmark.scale.EventBenchmark;
import syscallanomaly.jobs.benchmark.scale.EventResult;
import syscallanomaly.jobs.benchmark.scale.ScaleBenchmark;
import syscallanomaly.jobs.benchmark.scale.ScaleResult;
import syscallanomaly.jobs.benchmark.speed.SpeedBenchmark;
import syscallanomaly.jobs.benchmark.speed.SpeedResult;
import syscallanomaly.jobs.benchmark.speed.SpeedTables;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;

/**
 * Runs a benchmark on a run's traces. It writes {@code benchmark.json} into the run's folder and
 * nothing into the metric tables.
 */
final class BenchmarkJob implements Job {
  @Override
  public String name() {
    return "benchmark";
  }

  @Override
  public String description() {
    return "measures speed, or time and memory at scale; prints tables and writes JSON";
  }

  @Override
  public boolean isPartOfRun() {
    return false;
  }

  @Override
  public void run(JobContext context) throws Exception {
    switch (context.configuration().benchmark().name()) {
      case SPEED -> {
        SpeedResult result = SpeedBenchmark.run(context);
        keep(context, result.toJson(), SpeedTables.lines(result));
      }
      case SCALE -> {
        ScaleResult result = ScaleBenchmark.run(context);
        keep(context, result.toJson(), result.lines());
      }
      case EVENTS -> {
        EventResult result = EventBenchmark.run(context);
        keep(context, result.toJson(), result.lines());
      }
    }
  }

  private static void keep(JobContext context, String json, List<String> lines) throws IOException {
    RunFolder folder = context.folder();
    folder.writeAtomically(folder.benchmark(), json.getBytes(StandardCharsets.UTF_8));
    lines.forEach(context.summary()::add);
  }
}
