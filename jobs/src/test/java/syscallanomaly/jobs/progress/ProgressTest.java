package syscallanomaly.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
  private Instant now = Instant.EPOCH;

  @Test
  void withoutATerminalThereIsALineAtEachTenth() {
    try (StepProgress progress = lines().start("train", "windows", 1000)) {
      for (int i = 0; i < 10; i++) {
        pass(Duration.ofSeconds(1));
        progress.advance(50);
      }
      pass(Duration.ofSeconds(5));
      progress.advance(400);
      progress.advance(100);
    }

    assertThat(shown())
        .containsExactly(
            "train: started",
            "train: 10 %, 50 windows/s, 18 s left",
            "train: 20 %, 50 windows/s, 16 s left",
            "train: 30 %, 50 windows/s, 14 s left",
            "train: 40 %, 50 windows/s, 12 s left",
            "train: 50 %, 50 windows/s, 10 s left",
            "train: 90 %, 60 windows/s, 2 s left",
            "train: 100 %, 67 windows/s, took 15 s");
  }

  @Test
  void slowWorkShowsALineEveryHalfMinute() {
    try (StepProgress progress = lines().start("score", "traces", 100_000)) {
      for (int i = 0; i < 7; i++) {
        pass(Duration.ofSeconds(10));
        progress.advance(10);
      }
      pass(Duration.ofHours(1));
    }

    assertThat(shown())
        .containsExactly(
            "score: started",
            "score: 0 %, 1.0 traces/s, 27 h 46 min left",
            "score: 0 %, 1.0 traces/s, 27 h 45 min left",
            "score: 0 %, 0.0 traces/s, took 1 h 1 min");
  }

  @Test
  void anUnknownTotalShowsTheCount() {
    try (StepProgress progress = lines().start("read", "traces", 0)) {
      pass(Duration.ofSeconds(100));
      progress.advance(50);
    }

    assertThat(shown())
        .containsExactly(
            "read: started",
            "read: 50 traces, 0.5 traces/s",
            "read: 50 traces, 0.5 traces/s, took 1 min 40 s");
  }

  @Test
  void aTotalMayBecomeKnownLater() {
    try (StepProgress progress = lines().start("windows", "tasks", 0)) {
      progress.expect(4);
      pass(Duration.ofSeconds(1));
      progress.advance(1);
      progress.expect(2);
      progress.advance(1);
    }

    assertThat(shown())
        .containsExactly(
            "windows: started",
            "windows: 25 %, 1.0 tasks/s, 3 s left",
            "windows: 100 %, 2.0 tasks/s, took 1 s");
  }

  @Test
  void onATerminalThereIsABar() {
    try (StepProgress progress = new Progress(err, 120, () -> now).start("train", "windows", 200)) {
      progress.advance(50);
      progress.expect(100);
      progress.advance(50);
    }

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("\r")
        .contains("train 100%")
        .contains("100/100")
        .contains("/s");
  }

  private Progress lines() {
    return new Progress(err, 0, () -> now);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private String[] shown() {
    return written.toString(StandardCharsets.UTF_8).split("\\R");
  }

  @Test
  void nothingIsShownAfterTheLastLine() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Progress progress =
        new Progress(
            new PrintStream(shown, true, StandardCharsets.UTF_8), 0, InstantSource.system());
    StepProgress work = progress.start("train", "windows", 10);

    progress.end("Interrupted");
    work.advance(5);
    work.close();
    progress.say("more");

    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("train: started\nInterrupted\n");
  }
}
