package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.score.fitted.Detectors;

/** A run with the serializer that a user prefers comes to the same as one with Java's. */
@Tag("slow")
class SerializerTest {
  private static final Map<String, String> KRYO =
      Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer");

  @TempDir Path folder;

  @Test
  void windowsAndCheckpointsWithKryo() throws Exception {
    // More than a few workers add their parameters in a tree, which shuffles them.
    UndisturbedRun java = UndisturbedRun.in(folder, "training.workers=5", "training.batch-size=10");
    try (ProgramProcess killed = java.start("kryo", KRYO)) {
      killed.await(
          "the second epoch",
          () -> java.program().hasCheckpoint("kryo", "epoch-0002-round-\\d+\\.state"));
      killed.kill();
    }

    Program.Outcome resumed = runWithKryo(java);

    assertThat(resumed.err()).contains("\ntrain: goes on from epoch-0002-round-");
    java.assertSame("kryo");
  }

  @Test
  void wholeTracesWithKryo() throws Exception {
    UndisturbedRun java =
        UndisturbedRun.in(
            folder,
            "training.unit=traces",
            "sequences.hold-out.rule=trace",
            "training.workers=2",
            "scoring.detectors=[%s]".formatted(String.join(",", Detectors.names())));

    runWithKryo(java);

    java.assertSame("kryo");
  }

  private static Program.Outcome runWithKryo(UndisturbedRun java) {
    Program.Outcome outcome =
        new Program(java.workspace().toString(), KRYO).run("pipeline", java.options("kryo"));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }
}
