package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.job.Failure;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;

/** A file that a disk fails to give is no reject. Spark tries again, up to the attempts it has. */
class RetriedReadingTest {
  private static final Map<String, String> TWO_ATTEMPTS =
      Map.of("spark.master", "local[2,2]", "spark.hadoop.fs.flaky.impl", Flaky.class.getName());

  @TempDir private Path folder;

  @Test
  void aFileThatFailsOnceIsReadInTheSecondAttempt() throws IOException {
    write();
    try (TraceReading reading = TraceReading.start(TWO_ATTEMPTS)) {
      Flaky.FAILURES.set(1);
      TraceSet traces = reading.list("flaky:" + folder);
      assertThat(traces.rejected()).isZero();
      assertThat(traces.traces().count()).isEqualTo(2);
      assertThat(Flaky.FAILURES).hasValue(0);
    }
  }

  @Test
  void aFileThatAlwaysFailsEndsTheJobWithItsName() throws IOException {
    write();
    try (TraceReading reading = TraceReading.start(TWO_ATTEMPTS)) {
      Flaky.FAILURES.set(10);
      TraceSet traces = reading.list("flaky:" + folder);
      assertThatThrownBy(traces::rejected)
          .extracting(failure -> Failure.unusableInput(failure).orElseThrow())
          .extracting(UnusableInputException::getMessage)
          .isEqualTo(
              "Cannot read flaky:%s/bad: Input/output error; once it can be read, run again"
                  .formatted(folder));
      assertThat(Flaky.FAILURES).as("two attempts").hasValue(8);
    }
  }

  private void write() throws IOException {
    Files.writeString(folder.resolve("bad"), "1 2");
    Files.writeString(folder.resolve("good"), "3");
  }

  /** The local disk, on which one file fails as often as it is told to. */
  public static final class Flaky extends RawLocalFileSystem {
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public URI getUri() {
      return URI.create("flaky:///");
    }

    @Override
    public String getScheme() {
      return "flaky";
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      if (file.getName().equals("bad")
          && FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IOException("Input/output error");
      }
      return super.open(file, bufferSize);
    }
  }
}
