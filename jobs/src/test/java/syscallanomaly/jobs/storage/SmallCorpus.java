package syscallanomaly.jobs.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.Program;

/** Traces of some fifty calls, in the layout of ADFA-LD; always the same ones. */
final class SmallCorpus {
  static final int TRAINING = 40;
  static final int VALIDATION = 20;
  static final int ATTACK = 10;

  private static final int LENGTH = 50;
  private static final int SMALLEST_LOOP = 3;
  private static final int NORMAL_CALLS = 8;
  private static final int ATTACK_CALLS = 12;

  private SmallCorpus() {}

  /** Writes the three splits below a folder. */
  static void write(FileSystem files, Path folder) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < TRAINING; i++) {
      write(files, training(folder, i), trace(random, NORMAL_CALLS));
    }
    for (int i = 0; i < VALIDATION; i++) {
      Path file = new Path(folder, "Validation_Data_Master/UVD-%04d.txt".formatted(i));
      write(files, file, trace(random, NORMAL_CALLS));
    }
    for (int i = 0; i < ATTACK; i++) {
      Path file = new Path(folder, "Attack_Data_Master/Adduser_%d/UAD-%d.txt".formatted(i % 3, i));
      write(files, file, trace(random, ATTACK_CALLS));
    }
  }

  /** A file of the training traces, from 0. */
  static Path training(Path folder, int number) {
    return new Path(folder, "Training_Data_Master/UTD-%04d.txt".formatted(number));
  }

  static void write(FileSystem files, Path file, String content) throws IOException {
    try (FSDataOutputStream out = files.create(file)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A loop over a few calls, now and then disturbed. */
  private static String trace(SplittableRandom random, int calls) {
    int loop = random.nextInt(SMALLEST_LOOP, calls);
    int length = LENGTH + random.nextInt(LENGTH);
    return random
        .ints(length, 0, NORMAL_CALLS)
        .mapToObj(draw -> draw == 0 ? random.nextInt(calls) : -1)
        .map(call -> call < 0 ? random.nextInt(loop) : call)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** Runs a job on these traces with the least work that fills every table and the report. */
  static Program.Outcome run(Program program, String job, String traces, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--set", "run.id=r",
                "--set", "traces.root=" + traces,
                "--set", "windows.length=6",
                "--set", "network.layers=[4]",
                "--set", "network.embedding=4",
                "--set", "training.epochs=1",
                "--set", "training.batch-size=200",
                "--set", "training.validation-fraction=0.3",
                "--set", "evaluation.bootstrap-samples=20"));
    all.addAll(List.of(options));
    return program.run(job, all.toArray(String[]::new));
  }
}
