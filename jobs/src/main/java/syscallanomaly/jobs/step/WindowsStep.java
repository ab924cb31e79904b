package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.DataProfile;
import syscallanomaly.window.DataProfiler;
import syscallanomaly.window.TrainingWindows;
import syscallanomaly.window.WindowCutter;

/** Traces to {@code windows/}, {@code rejects/} and the table {@code data_profile}. */
final class WindowsStep implements Step {
  static final String TRAINING = "training";
  static final String HELD_OUT = "held-out";

  @Override
  public StepName name() {
    return StepName.WINDOWS;
  }

  @Override
  public void run(JobContext context) throws IOException {
    Configuration configuration = context.configuration();
    StepOutput output = new StepOutput(context);
    Vocabulary vocabulary = output.vocabulary();
    WindowCutter cutter = new WindowCutter(vocabulary, configuration.windows());
    Map<Split, TraceSet> splits = read(context);
    writeRejects(context, output, splits);
    for (TraceSet traces : splits.values()) {
      traces.requireUsable();
    }
    writeWindows(
        output, context.folder().windows(), trainingWindows(configuration, cutter, splits));
    List<DataProfile> profiles = new ArrayList<>();
    DataProfiler profiler = new DataProfiler(vocabulary, cutter);
    for (Map.Entry<Split, TraceSet> split : splits.entrySet()) {
      TraceSet traces = split.getValue();
      profiles.add(profiler.profile(split.getKey(), traces.traces(), traces.rejected()));
    }
    context.tables().replaceDataProfile(context.folder().runId(), profiles);
  }

  private static Map<Split, TraceSet> read(JobContext context) throws IOException {
    RunTraces traces = new RunTraces(context);
    Map<Split, TraceSet> splits = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      if (traces.has(split)) {
        splits.put(split, split == Split.TRAINING ? traces.readAgain(split) : traces.read(split));
      }
    }
    return splits;
  }

  static TrainingWindows trainingWindows(
      Configuration configuration, WindowCutter cutter, Map<Split, TraceSet> splits) {
    return TrainingWindows.of(
        cutter.withinLimit(splits.get(Split.TRAINING).traces()),
        cutter,
        configuration.windows(),
        configuration.training().holdOut(),
        configuration.run().seed());
  }

  private static void writeRejects(
      JobContext context, StepOutput output, Map<Split, TraceSet> splits) throws IOException {
    Dataset<Row> rejects =
        splits.values().stream().map(TraceSet::rejects).reduce(Dataset::unionByName).orElseThrow();
    output.replace(
        context.folder().rejects(),
        folder -> rejects.coalesce(1).write().mode(SaveMode.Overwrite).json(folder.toString()));
  }

  private static void writeWindows(StepOutput output, Path windows, TrainingWindows divided)
      throws IOException {
    output.replace(
        windows,
        folder -> {
          write(divided.training(), new Path(folder, TRAINING));
          write(divided.heldOut(), new Path(folder, HELD_OUT));
        });
  }

  private static void write(Dataset<Row> windows, Path folder) {
    windows
        .orderBy(WindowCutter.INDEX)
        .write()
        .option("compression", "zstd")
        .parquet(folder.toString());
  }
}
