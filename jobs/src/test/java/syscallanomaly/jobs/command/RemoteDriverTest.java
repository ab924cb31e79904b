package syscallanomaly.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Workspace;

class RemoteDriverTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private RunFolder run;
  private int runs;

  @BeforeEach
  void openWorkspace() throws Exception {
    run = Workspace.open(folder.toString(), new Configuration()).run("tuesday");
  }

  private int drive(String submission, int exitCode) {
    return driver(submission)
        .run(
            (results, complaints) -> {
              runs++;
              results.println("a result");
              complaints.println("a complaint");
              return new Ending(exitCode, Map.of("alarm_rate", 0.25));
            })
        .exitCode();
  }

  private RemoteDriver driver(String submission) {
    return new RemoteDriver(
        run,
        submission,
        new PrintStream(out, /* autoFlush= */ true, StandardCharsets.UTF_8),
        new PrintStream(err, /* autoFlush= */ true, StandardCharsets.UTF_8));
  }

  @Test
  void howAJobEndedIsToldElsewhere() {
    assertThat(drive("first", ExitCode.UNUSABLE_INPUT)).isEqualTo(ExitCode.UNUSABLE_INPUT);
    out.reset();
    err.reset();

    assertThat(driver("first").tell())
        .isEqualTo(new Ending(ExitCode.UNUSABLE_INPUT, Map.of("alarm_rate", 0.25)));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a result\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("a complaint\n");
  }

  @Test
  void aJobThatHasEndedIsNotRunAgainForTheSameSubmission() {
    drive("first", ExitCode.UNUSABLE_INPUT);

    assertThat(drive("first", ExitCode.DONE)).isEqualTo(ExitCode.UNUSABLE_INPUT);
    assertThat(runs).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .endsWith("The job has ended before, with exit code 3; it is not run again\n");
  }

  @Test
  void anotherSubmissionRunsTheJobAnew() {
    drive("first", ExitCode.UNUSABLE_INPUT);

    assertThat(drive("second", ExitCode.DONE)).isEqualTo(ExitCode.DONE);
    assertThat(runs).isEqualTo(2);
  }
}
