package syscallanomaly.jobs.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import scala.Tuple2;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.configuration.ConfigurationException;
import syscallanomaly.jobs.configuration.ConfigurationFiles;
import syscallanomaly.jobs.configuration.ConfigurationLoader;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.jobs.job.Failure;
import syscallanomaly.jobs.job.Job;
import syscallanomaly.jobs.job.JobFailedException;
import syscallanomaly.jobs.job.JobRunner;
import syscallanomaly.jobs.job.Jobs;
import syscallanomaly.jobs.progress.Progress;
import syscallanomaly.jobs.run.JavaLocalFileSystem;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Summary;
import syscallanomaly.jobs.run.UnusableWorkspaceException;
import syscallanomaly.jobs.run.Workspace;

/**
 * The program behind the command line: it takes arguments and returns an exit code. It reports
 * every mistake in arguments, configuration and workspace before Spark starts.
 */
public final class CommandLineProgram {
  private static final String HADOOP_PREFIX = "spark.hadoop.";

  private final Jobs jobs;
  private final PrintStream out;
  private final PrintStream err;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * Makes the program.
   *
   * @param jobs the jobs that a user can name
   * @param out receives help and results
   * @param err receives progress and error messages
   * @param clock names runs that have no name, and dates what a run writes
   */
  public CommandLineProgram(Jobs jobs, PrintStream out, PrintStream err, InstantSource clock) {
    this(jobs, out, err, clock, Progress.on(err));
  }

  private CommandLineProgram(
      Jobs jobs, PrintStream out, PrintStream err, InstantSource clock, Progress progress) {
    this.jobs = jobs;
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Returns this program with other receivers of results and error messages. Progress goes to the
   * standard error of this process all the same.
   */
  private CommandLineProgram printingTo(PrintStream results, PrintStream complaints) {
    return new CommandLineProgram(jobs, results, complaints, clock, progress);
  }

  /**
   * Runs the job that the arguments name, or prints help or the version.
   *
   * @param args the arguments of the command line
   * @return one of {@link ExitCode}
   */
  public int run(String... args) {
    Arguments arguments = new Arguments();
    CommandLine commandLine = new CommandLine(arguments).setExpandAtFiles(false);
    try {
      commandLine.parseArgs(args);
    } catch (ParameterException e) {
      err.println(
          Secrets.masked("Cannot run: " + e.getMessage()) + "; --help lists jobs and options");
      return ExitCode.WRONG_USE;
    }
    if (arguments.wantsHelp()) {
      out.println(HelpText.of(commandLine, jobs));
      return ExitCode.DONE;
    }
    if (arguments.wantsVersion()) {
      out.println("syscall-anomaly " + CodeVersion.text());
      return ExitCode.DONE;
    }
    return arguments
        .result()
        .map(
            file ->
                new ResultFile(Path.of(file), out, err)
                    .of((results, complaints) -> printingTo(results, complaints).run(arguments)))
        .orElseGet(() -> run(arguments).exitCode());
  }

  private Ending run(Arguments arguments) {
    Job job = jobs.named(arguments.job()).orElse(null);
    if (job == null) {
      err.println(
          "Cannot run job "
              + arguments.job()
              + ": there is no such job; the jobs are "
              + jobs.all().stream().map(Job::name).collect(Collectors.joining(", ")));
      return Ending.with(ExitCode.WRONG_USE);
    }
    SparkConf spark = new SparkConf();
    org.apache.hadoop.conf.Configuration hadoop = hadoop(spark);
    JavaLocalFileSystem.replaceHadoops(hadoop);
    try {
      Configuration configuration =
          new ConfigurationLoader(new ConfigurationFiles(hadoop), clock)
              .load(arguments.file(), arguments.assignments());
      List<String> missing = job.missing(configuration);
      if (!missing.isEmpty()) {
        throw new ConfigurationException(missing);
      }
      if (arguments.wantsEncodedConfiguration()) {
        err.println(
            Secrets.masked(
                "Run "
                    + configuration.run().id()
                    + " will be in "
                    + configuration.workspace()
                    + "; its progress is in the driver's log on the cluster, its results come here"));
        out.println(configuration.encoded());
        return Ending.with(ExitCode.DONE);
      }
      if (arguments.outcome().isPresent()) {
        RunFolder folder =
            Workspace.at(configuration.workspace(), hadoop).run(configuration.run().id());
        return new RemoteDriver(folder, arguments.outcome().get(), out, err).tell();
      }
      Workspace workspace = Workspace.open(configuration.workspace(), hadoop);
      job.requireSuited(workspace.run(configuration.run().id()));
      BiFunction<PrintStream, PrintStream, Ending> running =
          (results, complaints) ->
              printingTo(results, complaints).run(job, arguments, configuration, workspace, spark);
      return arguments
          .submission()
          .map(
              submission ->
                  new RemoteDriver(workspace.run(configuration.run().id()), submission, out, err))
          .map(driver -> driver.run(running))
          .orElseGet(() -> running.apply(out, err));
    } catch (ConfigurationException e) {
      e.errors().forEach(err::println);
      return Ending.with(wrongUse(e, arguments));
    } catch (UnusableWorkspaceException e) {
      err.println(Secrets.masked(e.getMessage()));
      return Ending.with(wrongUse(e, arguments));
    } catch (IOException e) {
      err.println(Secrets.masked("Cannot tell how the job ended: " + e.getMessage()));
      return Ending.with(ExitCode.FAILED);
    }
  }

  private Ending run(
      Job job,
      Arguments arguments,
      Configuration configuration,
      Workspace workspace,
      SparkConf spark) {
    try {
      Summary summary =
          new JobRunner(spark, progress, out, clock).run(job, configuration, workspace);
      return new Ending(exitCode(summary), summary.figures());
    } catch (JobFailedException e) {
      return Ending.with(failed(e, arguments));
    }
  }

  private static int exitCode(Summary summary) {
    if (summary.reportsRefusal()) {
      return ExitCode.NOT_PROMOTED;
    }
    return summary.reportsAlarm() ? ExitCode.ALARM : ExitCode.DONE;
  }

  private int wrongUse(Exception failure, Arguments arguments) {
    showStacktrace(failure, arguments);
    return ExitCode.WRONG_USE;
  }

  private int failed(JobFailedException failure, Arguments arguments) {
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      // The program was stopped from outside, and the user was told so.
      return ExitCode.FAILED;
    }
    Throwable cause = failure.getCause();
    showStacktrace(cause, arguments);
    if (Failure.speaksForItself(cause)) {
      err.println(failure.getMessage());
      return Failure.unusableInput(cause).isPresent() ? ExitCode.UNUSABLE_INPUT : ExitCode.FAILED;
    }
    err.println("Cannot finish the job: " + failure.getMessage() + "; " + failure.details());
    return ExitCode.FAILED;
  }

  private void showStacktrace(Throwable failure, Arguments arguments) {
    if (arguments.wantsStacktrace()) {
      err.print(Failure.details(failure));
    }
  }

  /**
   * The Hadoop configuration that Spark will use, so that the program can read the same URIs before
   * Spark starts.
   */
  private static org.apache.hadoop.conf.Configuration hadoop(SparkConf spark) {
    org.apache.hadoop.conf.Configuration hadoop = new org.apache.hadoop.conf.Configuration();
    for (Tuple2<String, String> entry : spark.getAllWithPrefix(HADOOP_PREFIX)) {
      hadoop.set(entry._1(), entry._2());
    }
    return hadoop;
  }
}
