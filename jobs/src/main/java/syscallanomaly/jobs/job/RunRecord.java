package syscallanomaly.jobs.job;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.Manifest;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.StepState;
import syscallanomaly.warehouse.RunRow;

/** Writes the row of a run in the table {@code runs}. */
final class RunRecord {
  private static final String RUNNING = "running";
  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";

  private final JobContext context;
  private final InstantSource clock;

  RunRecord(JobContext context, InstantSource clock) {
    this.context = context;
    this.clock = clock;
  }

  void started() throws IOException {
    write(RUNNING, Optional.empty());
  }

  /**
   * Notes that a job has ended without failure. The run has succeeded once its last step is done.
   */
  void ended() throws IOException {
    writeSteps();
    boolean complete = isDone(StepName.SCORE) || isDone(StepName.DETECT);
    write(complete ? SUCCEEDED : RUNNING, complete ? Optional.of(now()) : Optional.empty());
  }

  private boolean isDone(StepName step) throws IOException {
    return context.manifest().state(step).equals(Optional.of(StepState.DONE));
  }

  void failed() throws IOException {
    writeSteps();
    write(FAILED, Optional.of(now()));
  }

  /** The steps come first, because a changed row of the run says that all its rows are there. */
  private void writeSteps() throws IOException {
    context.tables().replaceSteps(context.folder().runId(), context.manifest().steps());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private void write(String status, Optional<Instant> finishedAt) throws IOException {
    Configuration configuration = context.configuration();
    Manifest manifest = context.manifest();
    context
        .tables()
        .replaceRun(
            context.folder().runId(),
            new RunRow(
                manifest.startedAt(),
                finishedAt.orElse(null),
                status,
                configuration.json(),
                configuration.hash(),
                CodeVersion.text(),
                manifest.inputFingerprint(),
                configuration.run().seed(),
                context.spark().version(),
                context.workers()));
  }
}
