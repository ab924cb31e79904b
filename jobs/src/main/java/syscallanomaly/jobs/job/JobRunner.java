package syscallanomaly.jobs.job;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.QuerySettings;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.jobs.progress.Progress;
import syscallanomaly.jobs.run.EmbeddedSample;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.Lease;
import syscallanomaly.jobs.run.Manifest;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Summary;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.model.lstm.EarlyCompilation;
import syscallanomaly.warehouse.MetricTables;

/** Runs a job: opens the run's folder, starts Spark and prints the summary at the end. */
public final class JobRunner {
  private static final String DETAILS_ON_DEMAND = "--stacktrace shows details";

  private final SparkConf spark;
  private final Progress progress;
  private final PrintStream out;
  private final InstantSource clock;

  /**
   * Makes a runner.
   *
   * @param spark the configuration that spark-submit has set
   * @param progress shows progress and warnings
   * @param out receives the summary
   * @param clock dates what the run writes
   */
  public JobRunner(SparkConf spark, Progress progress, PrintStream out, InstantSource clock) {
    this.spark = spark;
    this.progress = progress;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Runs a job to its end.
   *
   * @return what the job told the user
   * @throws JobFailedException if anything fails once Spark is about to start, or if another
   *     program works on the run
   */
  public Summary run(Job job, Configuration configuration, Workspace workspace)
      throws JobFailedException {
    RunFolder folder = workspace.run(configuration.run().id());
    try (DyingThreads watch = DyingThreads.watch();
        StopNotice notice = StopNotice.of(progress, stopped(job, folder));
        Lease lease =
            job.hasRunFolder()
                ? Lease.take(folder, line -> progress.say(Secrets.masked(line)))
                : null) {
      return run(job, configuration, lease == null ? folder : folder.heldBy(lease));
    } catch (IOException | RuntimeException | FSError e) {
      // A RuntimeException, because no shutdown hook can be added while the program is stopped.
      throw new JobFailedException(e, DETAILS_ON_DEMAND);
    }
  }

  private Summary run(Job job, Configuration configuration, RunFolder folder)
      throws JobFailedException {
    Workspace workspace = folder.workspace();
    try {
      Manifest manifest = manifest(job, configuration, folder);
      Configuration placed = placed(job, configuration, workspace);
      Summary summary = new Summary();
      String name = "syscall-anomaly " + job.name() + " " + folder.runId();
      long arrays = NetworkMemory.mebibytes(placed);
      SparkConf settings = SparkSettings.complete(spark, name, arrays);
      if (job.trains() && SparkSettings.runsTasksHere(settings)) {
        EarlyCompilation.start();
      }
      try (SparkSession session = SparkSession.builder().config(settings).getOrCreate()) {
        if (!session.sparkContext().isLocal()) {
          checkCluster(session.sparkContext(), settings, arrays, workspace);
        }
        QuerySettings.fitToCores(session);
        MetricTables tables =
            MetricTables.open(session, placed.warehouseIn(workspace.root()))
                .guardedBy(folder::requireHeld);
        if (tables.wantOneWriter()) {
          progress.say(
              "Warning: the embedded catalog lies on an object store, where runs that write metric tables at the same time can lose rows; run one at a time, or define the catalog for Spark (README, Metric tables)");
        }
        run(
            job,
            new JobContext(
                session,
                placed,
                folder,
                manifest,
                progress,
                tables,
                placed.training().workersOf(session),
                summary));
      }
      summary.lines().forEach(out::println);
      if (job.hasRunFolder()) {
        folder.delete(folder.failure());
        summary.figure("run_id", folder.runId());
        summary.figure("run_folder", folder.root().toString());
        out.println("Run " + folder.runId() + " is in " + folder.root());
      }
      if (job.name().equals(Jobs.DEFAULT)) {
        ClassArchive.complete(progress);
      }
      return summary;
    } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError | FSError e) {
      Throwable cause = DyingThreads.causeOf(e);
      throw new JobFailedException(
          cause, job.hasRunFolder() ? keepDetails(folder, cause) : DETAILS_ON_DEMAND);
    }
  }

  private Manifest manifest(Job job, Configuration configuration, RunFolder folder)
      throws IOException {
    if (!job.hasRunFolder()) {
      return Manifest.of(folder, clock);
    }
    folder.deleteUnfinished();
    return Manifest.open(folder, configuration, CodeVersion.text(), clock);
  }

  /** Puts the embedded sample into the workspace, for a job that reads its traces. */
  private static Configuration placed(Job job, Configuration configuration, Workspace workspace)
      throws IOException {
    if (!configuration.usesEmbeddedSample()) {
      return configuration;
    }
    return configuration.withTracesRoot(
        job.readsCorpus() ? new EmbeddedSample().place(workspace).toString() : "");
  }

  private static String stopped(Job job, RunFolder folder) {
    return job.isPartOfRun()
        ? "Interrupted: the same command with --set run.id=%s goes on with this run"
            .formatted(folder.runId())
        : "Interrupted";
  }

  private void checkCluster(
      SparkContext context, SparkConf settings, long arrays, Workspace workspace) {
    ClusterExecutors executors = ClusterExecutors.await(context);
    progress.say(
        "Spark application %s: %d executors, %d tasks at a time"
            .formatted(context.applicationId(), executors.count(), executors.tasks()));
    ExecutorCheck.warnings(settings, executors.tasksEach(), arrays).forEach(progress::say);
    if (workspace.isLocal()) {
      progress.say(
          "Warning: driver and executors must find the same folder in %s; if that is not shared, set workspace to hdfs:// or s3a://"
              .formatted(workspace.root()));
    }
  }

  private void run(Job job, JobContext context) throws Exception {
    if (job.isPartOfRun()) {
      runRecorded(job, context);
    } else {
      job.run(context);
    }
  }

  private void runRecorded(Job job, JobContext context) throws Exception {
    RunRecord record = new RunRecord(context, clock);
    record.started();
    try {
      job.run(context);
    } catch (Throwable e) {
      try {
        if (!DyingThreads.haveBeenNoted()) {
          record.failed();
        }
      } catch (Exception | FSError again) {
        // Exception, because Spark throws checked exceptions that it does not declare.
        e.addSuppressed(again);
      }
      throw e;
    }
    record.ended();
    try {
      context.tables().expireSnapshots(clock.instant());
    } catch (RuntimeException e) {
      // The results are in their places, and the next job tries again.
      progress.say(
          "Warning: cannot delete old snapshots of the metric tables: " + Failure.reason(e));
    }
  }

  private static String keepDetails(RunFolder folder, Throwable failure) {
    try {
      folder.writeAtomically(
          folder.failure(), Failure.details(failure).getBytes(StandardCharsets.UTF_8));
      return "details are in " + folder.failure();
    } catch (IOException | FSError e) {
      return DETAILS_ON_DEMAND;
    }
  }
}
