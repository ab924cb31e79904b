package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input that cannot be used ends with 3 and one line, and leaves nothing that looks whole. */
@Tag("slow")
class UnusableInputTest {
  @TempDir Path folder;

  private Program program;
  private Path traces;

  @BeforeEach
  void writeTraces() throws IOException {
    program = new Program(folder.resolve("workspace"));
    traces = folder.resolve("traces");
    for (int i = 0; i < 12; i++) {
      write("Training_Data_Master/t%02d.txt".formatted(i), "1 2 3 4 5 ".repeat(4) + i);
      write("Validation_Data_Master/v%02d.txt".formatted(i), "1 2 3 4 5 ".repeat(4));
      write("Attack_Data_Master/Adduser_1/a%02d.txt".formatted(i), "9 8 7 ".repeat(4));
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = traces.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Program.Outcome run(String job, String... options) {
    String[] all = new String[options.length + 8];
    all[0] = "--set";
    all[1] = "run.id=r";
    all[2] = "--set";
    all[3] = "traces.root=" + traces;
    all[4] = "--set";
    all[5] = "windows.length=4";
    all[6] = "--set";
    all[7] = "sequences.hold-out.fraction=0.3";
    System.arraycopy(options, 0, all, 8, options.length);
    return program.run(job, all);
  }

  private void assertRefused(Program.Outcome outcome, String... parts) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.complaint()).startsWith("Cannot ").contains(parts);
    assertThat(outcome.err()).doesNotContain("\tat ", "Exception");
    assertThat(program.folder("r").resolve("manifest.json"))
        .content()
        .contains("\"state\" : \"failed\"");
    assertThat(program.folder("r").resolve("vocabulary.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 2 three 4      | 'three'
          1 2 -3 4         | -3
          1 2 99999999999  | 99999999999
          ''               | empty
          1 2 \u0000 3     | binary
          1 2 341          | 341
          """)
  void oneBadTraceIsNamedWithItsReason(String content, String reason) throws IOException {
    write("Training_Data_Master/bad.txt", content);

    assertRefused(
        run("vocabulary", "--set", "vocabulary.mode=fixed", "--set", "vocabulary.size=341"),
        "1 of 13 files rejected",
        "bad.txt",
        reason);
    assertThat(rejects("vocabulary")).contains("bad.txt", reason);
  }

  /** What a step could not use: a line of JSON a file. */
  private String rejects(String step) throws IOException {
    return Files.readString(program.folder("r").resolve("rejects/" + step + ".json"));
  }

  @Test
  void badTestTracesStopARunToo() throws IOException {
    write("Attack_Data_Master/Adduser_1/bad.txt", "none");
    assertThat(run("vocabulary").exitCode()).isZero();

    Program.Outcome outcome = run("windows");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.complaint()).contains("attack traces", "bad.txt", "'none'");
    assertThat(rejects("windows")).contains("bad.txt");
    assertThat(rejects("vocabulary")).as("of the step before").isEmpty();
    assertThat(program.folder("r").resolve("windows")).doesNotExist();
  }

  @Test
  void aHugeLineIsNotReadIntoMemory() throws IOException {
    write("Training_Data_Master/huge.txt", "1 ".repeat(524_288));

    assertRefused(
        run("vocabulary", "--set", "traces.max-bytes=100K"), "huge.txt", "traces.max-bytes");
  }

  @Test
  void missingAndEmptyPlacesAreNamed() throws IOException {
    Files.createDirectories(folder.resolve("empty"));

    assertRefused(run("vocabulary", "--set", "traces.training=nowhere"), "nowhere");
    assertRefused(
        run("vocabulary", "--set", "traces.training=" + folder.resolve("empty")), "empty");
  }

  @Test
  void aDamagedZipAndOneThatPointsOutsideAreRefused() throws IOException {
    Path outside = zip("outside.zip", "../../etc/passwd");
    Path damaged = zip("damaged.zip", "Training_Data_Master/t.txt");
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));

    assertRefused(run("vocabulary", "--set", "traces.root=" + outside), "outside.zip", "../../etc");
    assertRefused(run("vocabulary", "--set", "traces.root=" + damaged), "damaged.zip");
  }

  private Path zip(String name, String entry) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write("1 2 3".repeat(100).getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return file;
  }

  @Test
  void aModelThatDoesNotFitIsRefused() throws IOException {
    String[] quick = {
      "--set", "network.layers=[4]", "--set", "network.embedding=0", "--set", "training.epochs=1"
    };
    Program.Outcome first = run("pipeline", quick);
    assertThat(first.exitCode()).as(first.err()).isZero();
    Path report = program.folder("r").resolve("report.html");
    byte[] published = Files.readAllBytes(report);

    Program.Outcome otherSeed = run("score", with(quick, "--set", "run.seed=2"));
    Path model = program.model("r");
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    Program.Outcome damaged = run("fit", quick);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    String[] fixed = with(quick, "--set", "vocabulary.mode=fixed", "--set", "vocabulary.size=50");
    assertThat(run("vocabulary", fixed).exitCode()).isZero();
    assertThat(run("windows", fixed).exitCode()).isZero();
    Program.Outcome other = run("fit", fixed);

    assertThat(otherSeed.exitCode()).as(otherSeed.err()).isEqualTo(3);
    assertThat(otherSeed.complaint())
        .isEqualTo(
            "Cannot run the score step: the sequences were made with run.seed = 1, and it is 2 now;"
                + " give the same --conf and --set as then, or run the steps before it again");
    assertThat(other.exitCode()).as(other.err()).isEqualTo(3);
    assertThat(other.complaint())
        .contains(model.getFileName() + ": it was trained with another vocabulary")
        .endsWith("run the train step again");
    assertThat(damaged.exitCode()).as(damaged.err()).isEqualTo(3);
    assertThat(damaged.complaint())
        .contains(model.getFileName() + ": it is damaged")
        .endsWith("run the train step again");
    assertThat(report).hasBinaryContent(published);
  }

  @Test
  void aDamagedFileIsNamedWithTheStepThatWritesIt() throws IOException {
    assertThat(run("vocabulary").exitCode()).isZero();
    assertThat(run("windows").exitCode()).isZero();
    Path file;
    try (Stream<Path> files = Files.walk(program.windows("r").resolve("training"))) {
      file = files.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    Program.Outcome cut = run("train");
    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
    Program.Outcome cutWithoutChecksum = run("train");
    Path table = program.warehouse().resolve("syscall_anomaly/epochs/metadata");
    for (Path metadata : Program.files(table)) {
      if (metadata.toString().endsWith(".metadata.json")) {
        Files.delete(metadata);
      }
    }
    Program.Outcome without = run("train");

    for (Program.Outcome outcome : List.of(cut, cutWithoutChecksum)) {
      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
      assertThat(outcome.complaint())
          .isEqualTo(
              "Cannot read file:%s: the file is damaged or missing; run the windows step again"
                  .formatted(file));
    }
    assertThat(without.exitCode()).as(without.err()).isEqualTo(3);
    assertThat(without.complaint())
        .isEqualTo(
            "Cannot read file:%s: the file of the metric table epochs is damaged or missing; restore it, or move the table's folder away and run the jobs again, or set another warehouse.namespace"
                .formatted(table));
  }

  @Test
  void stepsThatComeTooEarlySayWhichOneIsMissing() {
    Program.Outcome outcome = run("train");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.complaint())
        .startsWith("Cannot read file:")
        .endsWith("vocabulary.json: the file is missing; run the vocabulary step first");
  }

  private static String[] with(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }
}
