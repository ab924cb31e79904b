package syscallanomaly.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import syscallanomaly.jobs.run.StepName;

/** A job that has too little memory ends with one line and what to change. */
class JobMemoryTest extends JobOnSpark {
  @Test
  void aTaskWithTooLittleMemoryEndsWithWhatToChange() throws Exception {
    replace(
        step(
            StepName.TRAIN,
            context ->
                context
                    .spark()
                    .range(0, 4, 1, 2)
                    .map((MapFunction<Long, Long>) JobMemoryTest::takeAllMemory, Encoders.LONG())
                    .count()));

    assertThat(run("train", "--set", "traces.root=/traces")).isEqualTo(1);

    assertEndedForMemory("Java heap space");
  }

  @Test
  void aThreadOfTheDriverThatDiesForMemoryEndsTheJobThatWaitsForIt() throws Exception {
    replace(
        step(
            StepName.TRAIN,
            context -> {
              Thread dying = new Thread(() -> takeAllMemory(0L));
              dying.start();
              await(new CountDownLatch(1));
            }));

    assertThat(run("train", "--set", "traces.root=/traces")).isEqualTo(1);

    assertEndedForMemory("Java heap space");
    assertThat(Thread.interrupted()).isFalse();
  }

  private void assertEndedForMemory(String detail) throws IOException {
    String reason =
        "the driver's heap of %d MiB is too small (%s); give it more with SYSCALL_DRIVER_MEMORY or -- --driver-memory"
            .formatted(Runtime.getRuntime().maxMemory() >> 20, detail);
    assertThat(text(err))
        .isEqualTo(
            "Cannot finish the job: %s; details are in file:%s/runs/r1/failure.txt\n"
                .formatted(reason, folder));
    assertThat(folder.resolve("runs/r1/failure.txt")).content().contains("OutOfMemoryError");
    JsonNode train = manifest().path("steps").path("train");
    assertThat(train.path("state").asText()).isEqualTo("failed");
    assertThat(train.path("reason").asText()).isEqualTo(reason);
  }

  /** Asks for an array that no heap of these tests can take. */
  private static long takeAllMemory(long number) {
    return new long[Integer.MAX_VALUE - 8].length + number;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
