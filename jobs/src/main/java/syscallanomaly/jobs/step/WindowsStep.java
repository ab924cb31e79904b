package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.provenance.Provenance;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.DataProfile;
import syscallanomaly.window.DataProfiler;
import syscallanomaly.window.WindowCutter;

/**
 * Makes the sequences that the model learns from. It reads the traces and writes {@code windows/},
 * {@code rejects/} and the table {@code data_profile}. If the model reads whole traces, each trace
 * is one sequence.
 */
final class WindowsStep implements Step {
  @Override
  public StepName name() {
    return StepName.WINDOWS;
  }

  @Override
  public void run(JobContext context) throws IOException {
    try (SparkTaskProgress shown = context.showTasks(name().label())) {
      make(context);
    }
  }

  private static void make(JobContext context) throws IOException {
    Configuration configuration = context.configuration();
    StepOutput output = new StepOutput(context);
    Vocabulary vocabulary = output.vocabulary();
    WindowCutter cutter = context.library().cutter(vocabulary);
    Map<Split, TraceSet> splits = read(context);
    output.keepRejects(splits.values());
    splits.values().forEach(ConfiguredTraces::requireUsable);
    new WindowsFolder(context)
        .replace(
            context.library().sequences(splits.get(Split.TRAINING).traces(), vocabulary),
            Provenance.of(context, vocabulary.hash(), splits.get(Split.TRAINING).fingerprint()));
    List<DataProfile> profiles = new ArrayList<>();
    DataProfiler profiler = new DataProfiler(vocabulary, cutter);
    for (Map.Entry<Split, TraceSet> split : splits.entrySet()) {
      TraceSet traces = split.getValue();
      profiles.add(profiler.profile(split.getKey(), traces.traces(), traces.rejected()));
      noteShortTraces(
          context,
          split.getKey(),
          configuration.readsTraces() ? 0 : cutter.shorterThanAWindow(traces.traces()));
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

  private static void noteShortTraces(JobContext context, Split split, long traces)
      throws IOException {
    context.manifest().shortTraces(split, traces);
    if (traces > 0) {
      context
          .progress()
          .say(
              "%s: %d traces are shorter than a window of %d calls; they give none and are scored with padding"
                  .formatted(split.label(), traces, context.configuration().windows().length()));
    }
  }
}
