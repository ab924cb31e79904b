package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class FolderTest {
  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  @Test
  void tracesAreNumberedInFileNameOrder() throws IOException {
    new Corpus()
        .with("t/b.txt", "4 5")
        .with("t/a.txt", "3")
        .with("t/B.txt", "6\n")
        .with("t/a/z.txt", "7 8 9")
        .writeTo(folder);
    TraceSet traces = read(folder + "/t");
    assertThat(Corpus.lines(traces))
        .containsExactly(
            "0 B.txt null [6]",
            "1 a.txt null [3]",
            "2 a/z.txt null [7, 8, 9]",
            "3 b.txt null [4, 5]");
    assertThat(traces.split()).isEqualTo(Split.TRAINING);
    assertThat(traces.bytes()).isEqualTo(3 + 1 + 2 + 5);
    assertThat(traces.rejected()).isZero();
    assertThat(traces.rejects().count()).isZero();
  }

  @Test
  void columnsAreThoseThatOthersRelyOn() throws IOException {
    new Corpus().with("t/a", "3").writeTo(folder);
    TraceSet traces = read(folder + "/t");
    assertThat(traces.traces().dtypes())
        .extracting(column -> column._1() + " " + column._2())
        .containsExactly(
            "ordinal LongType",
            "trace_id StringType",
            "family StringType",
            "calls ArrayType(IntegerType,false)",
            "host StringType",
            "container StringType",
            "process LongType",
            "thread LongType",
            "executable StringType",
            "started TimestampType");
    assertThat(traces.rejects().schema().fieldNames()).containsExactly("split", "file", "reason");
    assertThat(traces.rejects().schema().fields())
        .allSatisfy(field -> assertThat(field.dataType()).isEqualTo(DataTypes.StringType));
  }

  @Test
  void attacksCarryTheFamilyOfTheirFolder() throws IOException {
    new Corpus()
        .with("Attack/Adduser_1/UAD-1.txt", "1")
        .with("Attack/Hydra_SSH_10/UAD-2.txt", "2")
        .with("Attack/Web_Shell/UAD-3.txt", "3")
        .with("Attack/x/Meterpreter_2/UAD-4.txt", "4")
        .writeTo(folder);
    assertThat(Corpus.lines(attack("Attack")))
        .containsExactly(
            "0 Adduser_1/UAD-1.txt Adduser [1]",
            "1 Hydra_SSH_10/UAD-2.txt Hydra_SSH [2]",
            "2 Web_Shell/UAD-3.txt Web_Shell [3]",
            "3 x/Meterpreter_2/UAD-4.txt Meterpreter [4]");
    assertThat(Corpus.lines(attack("Attack/Adduser_*")))
        .containsExactly("0 Adduser_1/UAD-1.txt Adduser [1]");
    assertThat(Corpus.lines(attack("Attack/Adduser_1"))).containsExactly("0 UAD-1.txt Adduser [1]");
  }

  @Test
  void aGlobStandsForFoldersAndFiles() throws IOException {
    new Corpus()
        .with("day-1/t/a.txt", "1")
        .with("day-2/t/a.txt", "2")
        .with("day-2/other/a.txt", "3")
        .with("night/t/a.txt", "4")
        .with("[x]/a.txt", "5")
        .writeTo(folder);
    assertThat(Corpus.lines(read(folder + "/day-*/t")))
        .containsExactly("0 day-1/t/a.txt null [1]", "1 day-2/t/a.txt null [2]");
    assertThat(Corpus.ids(read(folder + "/{night,day-1}/*/*.txt").traces()))
        .containsExactly("day-1/t/a.txt", "night/t/a.txt");
    assertThat(Corpus.lines(read(folder + "/[x]"))).containsExactly("0 a.txt null [5]");
  }

  @Test
  void hiddenFilesAreSkipped() throws IOException {
    new Corpus()
        .with("_t/.DS_Store", "\0")
        .with("_t/a.txt", "1")
        .with("_t/__MACOSX/a.txt", "2")
        .with("_t/.git/sub/a.txt", "3")
        .with("_t/sub/_SUCCESS", "")
        .writeTo(folder);
    TraceSet traces = read(folder + "/_t");
    assertThat(Corpus.ids(traces.traces())).containsExactly("a.txt");
    assertThat(traces.rejected()).isZero();
    assertThat(traces.hidden()).as(".DS_Store, __MACOSX, .git, _SUCCESS").isEqualTo(4);
    assertThat(read(folder + "/_t/*").hidden()).as("as a glob finds them").isEqualTo(4);
  }

  @Test
  void whatIsNoTraceIsRejectedWithItsReason() throws IOException {
    new Corpus()
        .with("t/0 empty", "")
        .with("t/1 good", "3 4")
        .with("t/2 words #%41", "3 read 4")
        .with("t/3 large", "3 ".repeat(1 << 19) + "3")
        .with("t/4 one line of 1 MiB", "9".repeat(1 << 20))
        .with("t/5 beyond", "341")
        .with("t/6 good", "340")
        .with("t/7 binary", new byte[] {'3', 0})
        .writeTo(folder);
    TraceSet traces =
        new TraceReader(spark, Corpus.training(folder + "/t"), 340).read(Split.TRAINING);
    assertThat(Corpus.lines(traces)).containsExactly("0 1 good null [3, 4]", "1 6 good null [340]");
    assertThat(Corpus.rejects(traces, folder))
        .containsExactly(
            "training t/0 empty: is empty",
            "training t/2 words #%41: position 2: 'read' is not a number",
            "training t/3 large: has 1048577 bytes, more than the 1048576 that are accepted",
            "training t/4 one line of 1 MiB: position 1: 999999999999999999999999..."
                + " does not fit in 32 bits",
            "training t/5 beyond: position 1: 341 is larger than 340, the largest call accepted",
            "training t/7 binary: is binary: byte 0x00 at offset 1");
    assertThat(traces.rejected()).isEqualTo(6);
  }

  @Test
  void aFileThatTheDiskFailsToGiveEndsTheReading() throws IOException {
    new Corpus().with("t/a", "3 4").with("t/b", "5 6").writeTo(folder);
    // Hadoop keeps the checksum of a local file beside it and checks it on reading.
    try (FileSystem local =
        FileSystem.newInstanceLocal(spark.sparkContext().hadoopConfiguration())) {
      try (var out = local.create(new org.apache.hadoop.fs.Path(folder + "/t/c"))) {
        out.writeBytes("7 8");
      }
    }
    Files.writeString(folder.resolve("t/c"), "7 9");
    TraceSet traces = read(folder + "/t");
    assertEnds(traces, "c", "Checksum error: ");
    assertThatThrownBy(() -> traces.rejects().count()).isInstanceOf(SparkException.class);
  }

  @Test
  void aFileThatVanishesEndsTheReading() throws IOException {
    new Corpus().with("t/a", "3 4").with("t/b", "5 6").writeTo(folder);
    TraceSet traces = read(folder + "/t");
    Files.delete(folder.resolve("t/a"));
    assertEnds(traces, "a", "it was listed, and is not there any more");
  }

  private void assertEnds(TraceSet traces, String file, String reason) {
    assertThatThrownBy(traces::traces)
        .extracting(
            failure ->
                ExceptionUtils.throwableOfType(failure, UnusableInputException.class).getMessage(),
            STRING)
        .startsWith("Cannot read file:%s/t/%s: %s".formatted(folder, file, reason))
        .endsWith("; once it can be read, run again")
        .doesNotContain("\n");
  }

  /** What they had read is gone with them. */
  private void loseWorkers() {
    spark
        .sparkContext()
        .getPersistentRDDs()
        .foreach(rdd -> rdd._2().unpersist(/* blocking= */ true));
  }

  @Test
  void aFileThatChangesAfterTheCountStopsTheReadingOfOrdinals() throws IOException {
    new Corpus().with("t/a", "3 4").with("t/b", "5 6").writeTo(folder);
    Dataset<Row> traces = read(folder + "/t").traces();
    Files.writeString(folder.resolve("t/a"), "x");
    assertThat(traces.count()).as("what was read when it was counted").isEqualTo(2);
    loseWorkers();
    for (String changed : List.of("x", "4 3")) {
      Files.writeString(folder.resolve("t/a"), changed);
      assertThatThrownBy(traces::count)
          .rootCause()
          .isInstanceOf(UnusableInputException.class)
          .hasMessage(
              "Cannot number the training traces: the files from a to a give other traces than"
                  + " when they were counted; run again");
    }
  }

  @Test
  void thousandsOfSmallFilesMakeFewPartitionsInOrder() throws IOException {
    Corpus corpus = new Corpus();
    for (int i = 0; i < 6000; i++) {
      corpus.with("t/%02d/%04d.txt".formatted(i % 60, i), i % 10 == 3 ? "x" : Integer.toString(i));
    }
    corpus.writeTo(folder);
    Dataset<Row> traces = read(folder + "/t").traces();
    assertThat(traces.rdd().getNumPartitions()).isEqualTo(8);
    List<Row> rows = traces.collectAsList();
    assertThat(rows).hasSize(5400);
    assertThat(rows.stream().map(row -> row.getLong(0)))
        .isEqualTo(IntStream.range(0, 5400).mapToObj(Long::valueOf).toList());
    assertThat(rows.stream().map(row -> row.getString(1))).isSorted();
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.getString(1))
                    .endsWith("/%04d.txt".formatted((Integer) row.getList(3).get(0))));
  }

  @Test
  void aRelativePlaceIsBelowTheRoot() throws IOException {
    new Corpus().with("r/ADFA-LD/Train/a", "1").with("r/.hidden/x", "1").writeTo(folder);
    String absolute = folder + "/r/ADFA-LD/Train";
    for (TraceSettings settings :
        List.of(
            Corpus.settings(folder + "/r/ADFA-LD", "Train", ""),
            Corpus.settings("file:" + folder + "/r/ADFA-LD/", "Train/", ""),
            Corpus.settings(folder + "/r", "Train", ""),
            Corpus.settings(folder + "/r", "Tr*", ""),
            Corpus.settings(folder + "", "Train", ""),
            Corpus.settings("/nowhere", absolute, ""),
            Corpus.settings("/nowhere.zip", "file:" + absolute, ""))) {
      assertThat(Corpus.ids(read(settings).traces()))
          .as("%s", settings)
          .satisfiesExactly(id -> assertThat(id).endsWith("a"));
    }
  }

  @Test
  void aRelativePlaceWithoutRootIsBelowTheWorkingFolder() throws IOException {
    Path below = Files.createTempDirectory(Path.of("target"), "traces");
    new Corpus().with("a", "1").writeTo(below);
    assertThat(Corpus.lines(read(below.toString()))).containsExactly("0 a null [1]");
  }

  @Test
  void placesThatCannotBeReadSayWhy() throws IOException {
    new Corpus().with("t/a", "1").with("hidden/.x", "1").writeTo(folder);
    assertUnusable(folder + "/none", "no such file or folder");
    assertUnusable(folder + "/t/*.csv", "nothing matches the glob");
    assertUnusable(
        folder + "/t/a", "it is a plain file where a folder, a glob or a .zip is needed");
    assertUnusable(folder + "/hidden", "it holds no file");
    assertUnusable(folder + "/none.zip", "no such archive");
    assertUnusable(folder + "/*.zip", "nothing matches the glob");
    assertUnusable(
        folder + "/*.zip!/t",
        "a glob stands for whole archives only; name the folder in which they lie");
    assertUnusable("nofs://host/t", "No FileSystem for scheme \"nofs\"");
  }

  @Test
  void aFolderThatMayNotBeListedIsNamed() throws IOException {
    new Corpus().with("t/closed/a", "1").writeTo(folder);
    Path closed = folder.resolve("t/closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(closed), "this user may read every folder");
      assertThatThrownBy(() -> read(folder + "/t"))
          .isInstanceOf(UnusableInputException.class)
          .hasMessageStartingWith("Cannot read training traces from " + folder + "/t: ")
          .hasMessageContaining(closed.toString());
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aSplitWithoutAPlaceIsAnError() {
    assertThatThrownBy(() -> new TraceReader(spark, Corpus.training("t"), 340).read(Split.ATTACK))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage("Cannot read attack traces: the settings name no place for them");
  }

  @Test
  void aRunWithTooManyRejectsIsRefused() throws IOException {
    Corpus corpus = new Corpus().with("t/bad", "x");
    for (int i = 0; i < 9; i++) {
      corpus.with("t/good" + i, "1");
    }
    corpus.writeTo(folder);
    read(folder + "/t").requireUsable();

    Files.delete(folder.resolve("t/good0"));
    assertThatThrownBy(() -> read(folder + "/t").requireUsable())
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot use the training traces from "
                + folder
                + "/t: 1 of 9 files rejected, a share of 0.1111 where 0.1000 is accepted and one"
                + " trace at least must be left; mend or remove them, the first is"
                + " file:"
                + folder
                + "/t/bad: position 1: 'x' is not a number");
  }

  @Test
  void aRunWithoutATraceIsRefused() throws IOException {
    new Corpus().with("t/bad", "x").writeTo(folder);
    TraceSettings lenient = new TraceSettings("adfa-ld", "", folder + "/t", "", "", 10, 1);
    assertThatThrownBy(() -> read(lenient).requireUsable())
        .isInstanceOf(UnusableInputException.class)
        .hasMessageContaining("1 of 1 files rejected")
        .hasMessageContaining("one trace at least must be left");
  }

  @Test
  void theFingerprintChangesWithNameSizeAndTime() throws IOException {
    new Corpus().with("t/a", "1").with("t/b", "2").writeTo(folder);
    Path a = folder.resolve("t/a");
    Files.setLastModifiedTime(a, FileTime.fromMillis(1_000_000));
    String before = read(folder + "/t").fingerprint();
    assertThat(before).matches("[0-9a-f]{64}").isEqualTo(read(folder + "/t").fingerprint());

    Files.setLastModifiedTime(a, FileTime.fromMillis(2_000_000));
    String later = read(folder + "/t").fingerprint();
    Files.writeString(a, "11");
    Files.setLastModifiedTime(a, FileTime.fromMillis(2_000_000));
    String longer = read(folder + "/t").fingerprint();
    Files.move(a, folder.resolve("t/c"));
    String renamed = read(folder + "/t").fingerprint();
    assertThat(List.of(before, later, longer, renamed)).doesNotHaveDuplicates();
  }

  @Test
  void tracesAreTheSameDatasetSoThatItsCacheIsUsed() throws IOException {
    new Corpus().with("t/a", "1").writeTo(folder);
    TraceSet traces = read(folder + "/t");
    traces.traces().cache().count();
    Files.delete(folder.resolve("t/a"));
    assertThat(Corpus.lines(traces)).containsExactly("0 a null [1]");
    traces.traces().unpersist(true);
  }

  private void assertUnusable(String training, String why) {
    assertThatThrownBy(() -> read(training))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage("Cannot read training traces from %s: %s", training, why);
  }

  private TraceSet attack(String place) {
    return new TraceReader(spark, Corpus.settings(folder.toString(), "", place), Integer.MAX_VALUE)
        .read(Split.ATTACK);
  }

  private TraceSet read(String training) {
    return read(Corpus.training(training));
  }

  private TraceSet read(TraceSettings settings) {
    return new TraceReader(spark, settings, Integer.MAX_VALUE).read(Split.TRAINING);
  }
}
