package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import syscallanomaly.QuerySettings;
import syscallanomaly.jobs.progress.SparkTaskProgress;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.RejectCount;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.event.EventCounts;

/**
 * The traces of a run. Every step reads the same training traces, and says what it cannot use.
 * Spark's settings for queries are fitted to the size of the traces.
 */
public final class RunTraces {
  private final JobContext context;
  private final ConfiguredTraces reader;

  public RunTraces(JobContext context) {
    this.context = context;
    this.reader = new ConfiguredTraces(context.spark(), context.configuration());
  }

  /** Whether the run has traces of a split at all. */
  boolean has(Split split) {
    return context.configuration().traces().location(split).isPresent();
  }

  /** Whether a split has the fingerprint that an earlier step noted. */
  public boolean isAsNoted(Split split) throws IOException {
    return has(split)
        && reader.read(split).fingerprint().equals(context.manifest().fingerprints().get(split));
  }

  /**
   * Lists the traces that a step reads, counts them and keeps the list of what cannot be used. All
   * files are read here, side by side.
   *
   * <p>The vocabulary step decides which training traces a run has, and the other steps require the
   * same ones. Test traces may change from step to step.
   *
   * @param step the step that reads
   * @param splits the splits that the step reads; one that the run does not have is left out
   * @throws UnusableInputException if a split cannot be listed or has too few usable traces, or if
   *     the training traces are others than those of an earlier step
   */
  public Map<Split, TraceSet> read(StepName step, Split... splits) throws IOException {
    Map<Split, TraceSet> read = new EnumMap<>(Split.class);
    for (Split split : splits) {
      if (has(split)) {
        read.put(split, list(step, split));
      } else if (context.manifest().fingerprints().containsKey(split)) {
        context.manifest().forget(split);
      }
    }
    keepRejects(step, read.values());
    countRejects(read);
    read.values().forEach(traces -> sayWhatIsLeftOut(step, traces));
    for (TraceSet traces : read.values()) {
      context.manifest().input(traces.split(), inputOf(traces));
      ConfiguredTraces.requireUsable(traces);
      noteAccepted(step, traces);
    }
    return read;
  }

  private void keepRejects(StepName step, Collection<TraceSet> read) throws IOException {
    try (SparkTaskProgress shown = context.showTasks(step.label() + ", traces")) {
      Rejects.keep(context.folder(), step, read);
    }
  }

  /** Replaces the run's rows in the table {@code rejects}, but for splits that were not read. */
  private void countRejects(Map<Split, TraceSet> read) {
    String run = context.folder().runId();
    List<RejectCount> former = context.tables().rejects(run);
    List<RejectCount> now =
        Stream.concat(
                former.stream()
                    .filter(count -> has(count.split()) && !read.containsKey(count.split())),
                read.values().stream().flatMap(traces -> traces.rejectCounts().stream()))
            .toList();
    if (!Set.copyOf(now).equals(Set.copyOf(former))) {
      context.tables().replaceRejects(run, now);
    }
  }

  private TraceSet list(StepName step, Split split) throws IOException {
    TraceSet traces = reader.read(split);
    QuerySettings.fitTo(context.spark(), traces.bytes());
    if (isDecidedBefore(step, split)) {
      requireSame(
          context.manifest().fingerprints().get(split),
          traces.fingerprint(),
          "its %s traces have changed since an earlier step read them;".formatted(split.label()));
    } else {
      context.manifest().fingerprint(split, traces.fingerprint());
    }
    return traces;
  }

  private void noteAccepted(StepName step, TraceSet traces) throws IOException {
    Split split = traces.split();
    if (isDecidedBefore(step, split)) {
      // A trace that the model learned from would otherwise set the alarm threshold.
      requireSame(
          context.manifest().acceptedTraces().get(split),
          traces.contentFingerprint(),
          "other %s traces are accepted now than an earlier step accepted (%d rejected now); give the same traces.max-bytes as then, or"
              .formatted(split.label(), traces.rejected()));
    } else {
      context.manifest().acceptedTraces(split, traces.contentFingerprint());
    }
  }

  private static boolean isDecidedBefore(StepName step, Split split) {
    return split == Split.TRAINING && step != StepName.VOCABULARY;
  }

  private void requireSame(String noted, String now, String why) {
    if (noted != null && !noted.equals(now)) {
      throw new UnusableInputException(
          "Cannot go on with run %s: %s run its vocabulary, windows and train steps again"
              .formatted(context.folder().runId(), why));
    }
  }

  /** How the format was found and what became of events, for the page of the run. */
  private static String inputOf(TraceSet traces) {
    return Stream.concat(traces.format().stream(), traces.events().map(EventCounts::text).stream())
        .collect(Collectors.joining("; "));
  }

  private void sayWhatIsLeftOut(StepName step, TraceSet traces) {
    String name = step.label() + ", " + traces.split().label();
    traces.format().ifPresent(format -> context.progress().say("%s: %s".formatted(name, format)));
    traces
        .events()
        .ifPresent(events -> context.progress().say("%s: %s".formatted(name, events.text())));
    if (traces.rejected() > 0) {
      context
          .progress()
          .say(
              "%s: %d files or traces rejected, see %s"
                  .formatted(name, traces.rejected(), context.folder().rejects(step)));
    }
    if (traces.hidden() > 0) {
      context
          .progress()
          .say(
              "%s: %d files or folders skipped, because their names start with . or _"
                  .formatted(name, traces.hidden()));
    }
  }
}
