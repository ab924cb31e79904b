package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.Optional;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;

/**
 * The traces of a run. Every step reads the same traces. Spark's settings for queries are fitted to
 * their size.
 */
final class RunTraces {
  private final JobContext context;
  private final ConfiguredTraces reader;

  RunTraces(JobContext context) {
    this.context = context;
    this.reader = new ConfiguredTraces(context.spark(), context.configuration());
  }

  /** Whether the run has traces of a split at all. */
  boolean has(Split split) {
    return context.configuration().traces().location(split).isPresent();
  }

  /** Lists a split for the first time and notes its fingerprint. */
  TraceSet read(Split split) throws IOException {
    TraceSet traces = list(split);
    context.manifest().fingerprint(split, traces.fingerprint());
    return traces;
  }

  /** Whether a split has the fingerprint that an earlier step noted. */
  boolean isAsNoted(Split split) throws IOException {
    return has(split)
        && reader.read(split).fingerprint().equals(context.manifest().fingerprints().get(split));
  }

  /**
   * Lists a split again.
   *
   * @throws UnusableInputException if its traces have changed since an earlier step read them
   */
  TraceSet readAgain(Split split) throws IOException {
    TraceSet traces = list(split);
    Optional<String> noted = Optional.ofNullable(context.manifest().fingerprints().get(split));
    if (noted.isPresent() && !noted.get().equals(traces.fingerprint())) {
      throw new UnusableInputException(
          "Cannot go on with run %s: its %s traces have changed since an earlier step read them; run its vocabulary, windows and train steps again"
              .formatted(context.folder().runId(), split.label()));
    }
    return traces;
  }

  private TraceSet list(Split split) {
    TraceSet traces = reader.read(split);
    QuerySettings.fitTo(context.spark(), traces.bytes());
    return traces;
  }
}
