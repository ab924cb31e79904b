package syscallanomaly.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A few traces, and a configuration that takes many rounds to learn little from them. */
final class SmallTraces {
  private SmallTraces() {}

  /** Writes training, validation and attack traces below a folder. */
  static void write(Path folder) throws IOException {
    for (int i = 0; i < 16; i++) {
      write(folder.resolve("Training_Data_Master/t%02d.txt".formatted(i)), 3 + i % 4, 20 + i / 4);
      write(folder.resolve("Validation_Data_Master/v%02d.txt".formatted(i)), 3 + i % 5, 15);
    }
    for (int i = 0; i < 8; i++) {
      write(folder.resolve("Attack_Data_Master/Adduser_1/a%02d.txt".formatted(i)), 11, 20 + i);
    }
  }

  private static void write(Path file, int period, int calls) throws IOException {
    StringBuilder trace = new StringBuilder();
    for (int t = 0; t < calls; t++) {
      trace.append(1 + t % period * (1 + t % 2)).append(' ');
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, trace);
  }

  /** Two epochs of some fifty rounds, with a checkpoint after each round. */
  static String[] options(Path traces, String runId, String... more) {
    List<String> options = new ArrayList<>();
    for (String assignment :
        List.of(
            "traces.root=" + traces,
            "run.id=" + runId,
            "windows.length=5",
            "sequences.distinct=false",
            "network.layers=[6]",
            "network.embedding=3",
            "training.epochs=2",
            "training.batch-size=4",
            "training.workers=2",
            "training.averaging-frequency=1",
            "sequences.hold-out.fraction=0.3",
            "training.checkpoint-minutes=0.000001",
            "scoring.detectors=[lstm,stide]",
            "evaluation.bootstrap-samples=20")) {
      options.addAll(List.of("--set", assignment));
    }
    for (String assignment : more) {
      options.addAll(List.of("--set", assignment));
    }
    return options.toArray(String[]::new);
  }
}
