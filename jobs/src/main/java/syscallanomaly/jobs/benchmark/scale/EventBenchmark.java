package syscallanomaly.jobs.benchmark.scale;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.QuerySettings;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.benchmark.speed.Machine;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.step.ConfiguredTraces;
import syscallanomaly.trace.Formats;
import syscallanomaly.trace.HostSettings;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceReader;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.trace.event.EventCounts.Counted;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.table.EventTableSettings;
import syscallanomaly.trace.label.LabelRule;

/**
 * Measures how fast a table of events becomes traces, and in what memory. The tables are made of
 * the configured training traces, in Parquet, and are deleted at the end. All run in this process,
 * the smallest first; it warms Java up for the others.
 */
public final class EventBenchmark {
  private static final String SCRATCH = "events";
  private static final double NANOS = 1e9;

  private final JobContext context;
  private final SparkSession spark;
  private final FileSystem files;
  private final Path folder;

  private EventBenchmark(JobContext context, FileSystem files, Path folder) {
    this.context = context;
    this.spark = context.spark();
    this.files = files;
    this.folder = folder;
  }

  /**
   * Measures a table of each configured size.
   *
   * @param context the run whose traces are used
   * @throws syscallanomaly.trace.UnusableInputException if there are no traces to make events of
   */
  public static EventResult run(JobContext context) throws IOException {
    try (ScratchFolder scratch = ScratchFolder.make(context, SCRATCH)) {
      return new EventBenchmark(context, scratch.files(), scratch.path()).run();
    }
  }

  private EventResult run() throws IOException {
    Configuration configuration = context.configuration();
    TraceSet training = new ConfiguredTraces(spark, configuration).read(Split.TRAINING);
    ConfiguredTraces.requireUsable(training);
    List<EventMeasurement> measurements = new ArrayList<>();
    for (int events : configuration.benchmark().events()) {
      measurements.add(measure(events, training));
    }
    return new EventResult(
        CodeVersion.text(),
        spark.version(),
        Machine.here(spark.sparkContext().defaultParallelism()),
        Runtime.getRuntime().maxMemory(),
        training.fingerprint(),
        configuration.masked(),
        measurements);
  }

  private EventMeasurement measure(int events, TraceSet training) throws IOException {
    Path table = new Path(folder, "events-" + events);
    GeneratedEvents generated =
        new GeneratedEvents(table.toString(), events, context.configuration().run().seed());
    try {
      try (SparkTaskProgress shown =
          context.showTasks("benchmark, writing %,d events".formatted(events))) {
        generated.write(training.traces());
      }
      EventMeasurement measured = measure(generated);
      context.progress().say(measured.line());
      return measured;
    } finally {
      files.delete(table, /* recursive= */ true);
    }
  }

  private EventMeasurement measure(GeneratedEvents table) throws IOException {
    try (TaskTotals tasks = TaskTotals.listen(spark.sparkContext());
        ProcessMemory memory = ProcessMemory.watch();
        SparkTaskProgress shown =
            context.showTasks("benchmark, %,d events to traces".formatted(table.events()))) {
      long started = System.nanoTime();
      long processor = processorNanos();
      TraceSet traces =
          new TraceReader(spark, settings(table.folder()), Integer.MAX_VALUE).read(Split.TRAINING);
      // As every step does.
      QuerySettings.fitTo(spark, traces.bytes());
      traces.requireUsable();
      double seconds = (System.nanoTime() - started) / NANOS;
      double processorSeconds = (processorNanos() - processor) / NANOS;
      complete(tasks);
      ProcessMemory.Peak peak = memory.peak();
      return new EventMeasurement(
          traces.events().map(counts -> counts.of(Counted.EVENTS)).orElse(0L),
          table.processes(),
          traces.accepted(),
          files.getContentSummary(new Path(table.folder())).getLength(),
          seconds,
          processorSeconds,
          tasks.tasks(),
          tasks.shuffledBytes(),
          tasks.spilledBytes(),
          peak.heap(),
          peak.live(),
          peak.resident().all(),
          peak.collectionSeconds());
    }
  }

  /** The configured settings of sequences, and the names of columns that the table has. */
  private TraceSettings settings(String table) {
    TraceSettings configured = context.configuration().traces();
    return new TraceSettings(
        Formats.EVENTS,
        "",
        table,
        "",
        "",
        "",
        configured.maxBytes(),
        configured.maxRejectedShare(),
        new HostSettings(
            EventSettings.defaults(),
            configured.hosts().sequence(),
            EventTableSettings.defaults(),
            LabelRule.NONE));
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private void complete(TaskTotals tasks) {
    try {
      tasks.complete();
    } catch (TimeoutException e) {
      context.progress().say("Spark has not told of all tasks: their number is too low");
    }
  }
}
