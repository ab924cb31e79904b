package syscallanomaly.jobs.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import syscallanomaly.jobs.job.Jobs;

/** The arguments of the command line. */
@Command(
    name = "./submit.sh",
    sortOptions = false,
    customSynopsis = "./submit.sh [JOB] [--conf FILE] [--set key=value]... [-- SPARK OPTIONS]",
    description =
        "Learns from traces of system calls what is normal, and scores other traces by it.")
final class Arguments {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "JOB",
      defaultValue = Jobs.DEFAULT,
      description = "Job to run, see below; ${DEFAULT-VALUE} by default")
  private String job;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = {
        "Configuration: a file, a URI, or one of",
        "sample.conf (the default), notebook.conf, adfa-ld.conf"
      })
  private String file;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Sets a key of the configuration and overrides the file; may be repeated")
  private List<String> assignments = new ArrayList<>();

  @Option(names = "--stacktrace", description = "Shows the stack trace of a failure")
  private boolean stacktrace;

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description = {
        "Writes how the job ended into a file of this machine, for programs that run jobs:",
        "a JSON object with exitCode, output, complaints and the job's figures"
      })
  private String result;

  @Option(
      names = "--encode-configuration",
      hidden = true,
      description = "Checks the configuration and prints it for a driver on another machine")
  private boolean encodedConfiguration;

  @Option(
      names = "--submission",
      hidden = true,
      description = "Writes into the run's folder how the job of this submission ended")
  private String submission;

  @Option(
      names = "--outcome",
      hidden = true,
      description = "Prints how the job of this submission ended")
  private String outcome;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version")
  private boolean version;

  String job() {
    return job;
  }

  Optional<String> file() {
    return Optional.ofNullable(file);
  }

  List<String> assignments() {
    return assignments;
  }

  boolean wantsStacktrace() {
    return stacktrace;
  }

  Optional<String> result() {
    return Optional.ofNullable(result);
  }

  boolean wantsEncodedConfiguration() {
    return encodedConfiguration;
  }

  Optional<String> submission() {
    return Optional.ofNullable(submission);
  }

  Optional<String> outcome() {
    return Optional.ofNullable(outcome);
  }

  boolean wantsHelp() {
    return help;
  }

  boolean wantsVersion() {
    return version;
  }
}
