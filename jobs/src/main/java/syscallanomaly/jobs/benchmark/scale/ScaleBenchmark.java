package syscallanomaly.jobs.benchmark.scale;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.benchmark.speed.Machine;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.Manifest;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.Summary;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.jobs.step.ConfiguredTraces;
import syscallanomaly.jobs.step.Step;
import syscallanomaly.jobs.step.Steps;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.warehouse.MetricTables;
import syscallanomaly.warehouse.WarehouseSettings;
import syscallanomaly.window.DataProfile;

/**
 * Measures every step on multiples of the configured training traces. The score step scores the
 * same traces, once as validation traces and once as attack traces. All multiples run in this
 * process, the smallest first; it warms Java up for the others. {@code windows.limit} does not
 * apply.
 *
 * <p>The benchmark writes into a workspace of its own in the run's folder and deletes it at the
 * end.
 */
public final class ScaleBenchmark {
  private static final String SCRATCH = "scale";
  private static final String TRACES = "traces";

  /**
   * A separate catalog, because the metric tables should not contain measurements that are no run.
   */
  private static final String CATALOG = "syscall_scale_benchmark";

  private final JobContext context;
  private final Workspace scratch;
  private final FileSystem files;

  private ScaleBenchmark(JobContext context, Workspace scratch, FileSystem files) {
    this.context = context;
    this.scratch = scratch;
    this.files = files;
  }

  /**
   * Measures each configured multiple.
   *
   * @param context the run whose traces are used
   * @throws syscallanomaly.trace.UnusableInputException if there are no traces to measure with
   */
  public static ScaleResult run(JobContext context) throws Exception {
    try (ScratchFolder folder = ScratchFolder.make(context, SCRATCH)) {
      Workspace scratch =
          Workspace.open(
              folder.path().toString(), context.spark().sparkContext().hadoopConfiguration());
      return new ScaleBenchmark(context, scratch, folder.files()).run();
    }
  }

  private ScaleResult run() throws Exception {
    Configuration configuration = context.configuration();
    TraceSet training = new ConfiguredTraces(context.spark(), configuration).read(Split.TRAINING);
    ConfiguredTraces.requireUsable(training);
    MetricTables tables =
        MetricTables.open(
            context.spark(),
            new WarehouseSettings(
                CATALOG,
                configuration.warehouse().namespace(),
                new Path(scratch.root(), "warehouse").toString()));
    List<ScaleMeasurement> measurements = new ArrayList<>();
    for (int multiple : configuration.benchmark().multiples()) {
      measurements.add(measure(multiple, training, tables));
    }
    return new ScaleResult(
        CodeVersion.text(),
        context.spark().version(),
        Machine.here(context.spark().sparkContext().defaultParallelism()),
        Runtime.getRuntime().maxMemory(),
        training.fingerprint(),
        configuration.masked(),
        measurements);
  }

  private ScaleMeasurement measure(int multiple, TraceSet training, MetricTables tables)
      throws Exception {
    Path traces = new Path(scratch.root(), TRACES);
    RunFolder folder = scratch.run("times-" + multiple);
    try {
      long started = System.nanoTime();
      generate(multiple, training, traces);
      double generationSeconds = secondsSince(started);
      return measure(multiple, generationSeconds, stepsOn(traces, folder, tables));
    } finally {
      files.delete(traces, /* recursive= */ true);
      files.delete(folder.root(), /* recursive= */ true);
    }
  }

  private void generate(int multiple, TraceSet training, Path folder) {
    try (SparkTaskProgress shown =
        context.showTasks("benchmark, %d times the traces".formatted(multiple))) {
      new MultipliedTraces(
              new SerializableConfiguration(context.spark().sparkContext().hadoopConfiguration()),
              folder.toString(),
              multiple,
              context.configuration().run().seed())
          .write(training.traces());
    }
  }

  /** Returns the context of a run with another workspace and other tables. */
  private JobContext stepsOn(Path traces, RunFolder folder, MetricTables tables)
      throws IOException {
    Configuration configuration = context.configuration().onTrainingTracesOf(traces.toString());
    return new JobContext(
        context.spark(),
        configuration,
        folder,
        Manifest.open(folder, configuration, CodeVersion.text(), InstantSource.system()),
        context.progress(),
        tables,
        context.workers(),
        new Summary());
  }

  private ScaleMeasurement measure(int multiple, double generationSeconds, JobContext run)
      throws Exception {
    JobContext scoring = onTestTraces(run);
    List<StepMeasurement> steps = new ArrayList<>();
    for (Step step : Steps.pipeline()) {
      steps.add(measure(step, step.name() == StepName.SCORE ? scoring : run));
    }
    DataProfile profile = run.tables().dataProfile(run.folder().runId()).get(0);
    return new ScaleMeasurement(
        multiple,
        profile.traces(),
        profile.calls(),
        profile.windows(),
        profile.distinctWindows(),
        generationSeconds,
        files.getContentSummary(run.folder().windows()).getLength(),
        steps);
  }

  /** Returns the context of the same run that scores its training traces as test traces. */
  private static JobContext onTestTraces(JobContext run) {
    Configuration configuration = run.configuration();
    return new JobContext(
        run.spark(),
        configuration.onTestTracesOf(configuration.traces().training()),
        run.folder(),
        run.manifest(),
        run.progress(),
        run.tables(),
        run.workers(),
        run.summary());
  }

  private StepMeasurement measure(Step step, JobContext run) throws Exception {
    try (TaskTotals tasks = TaskTotals.listen(context.spark().sparkContext());
        ProcessMemory memory = ProcessMemory.watch()) {
      run.manifest().start(step.name());
      long started = System.nanoTime();
      step.run(run);
      double seconds = secondsSince(started);
      run.manifest().finish(step.name());
      complete(tasks);
      ProcessMemory.Peak peak = memory.peak();
      StepMeasurement measured =
          new StepMeasurement(
              step.name(),
              seconds,
              tasks.tasks(),
              tasks.shuffledBytes(),
              tasks.spilledBytes(),
              peak.heap(),
              peak.live(),
              peak.resident().all(),
              peak.resident().anonymous(),
              peak.resident().ofFiles(),
              peak.collectionSeconds());
      context.progress().say(measured.line());
      return measured;
    }
  }

  private void complete(TaskTotals tasks) {
    try {
      tasks.complete();
    } catch (TimeoutException e) {
      context.progress().say("Spark has not told of all tasks: their number is too low");
    }
  }

  private static double secondsSince(long started) {
    return (System.nanoTime() - started) / 1e9;
  }
}
