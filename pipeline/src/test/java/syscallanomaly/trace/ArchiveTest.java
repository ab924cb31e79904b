package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class ArchiveTest {
  private static final byte[] RECORD = {'P', 'K', 1, 2};

  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  @Test
  void entriesAreReadInNameOrderWithoutExtraction() throws IOException {
    Path zip =
        new Corpus()
            .with("ADFA/list.txt", "no trace")
            .with("ADFA/Train/b.txt", "4 5")
            .with("ADFA/Train/.DS_Store", "\0")
            .with("__MACOSX/ADFA/Train/a.txt", "\0")
            .with("ADFA/Train/a.txt", "3")
            .with("ADFA/Train/c.txt", "x")
            .zipTo(folder.resolve("x.zip"));
    TraceSet traces = read(zip + "!/ADFA/Train");
    assertThat(Corpus.lines(traces)).containsExactly("0 a.txt null [3]", "1 b.txt null [4, 5]");
    assertThat(Corpus.rejects(traces, folder))
        .containsExactly("training x.zip!/ADFA/Train/c.txt: position 1: 'x' is not a number");
    assertThat(traces.hidden()).as(".DS_Store").isOne();
    assertThat(read(zip.toString()).hidden()).as(".DS_Store, __MACOSX").isEqualTo(2);
    assertThat(folder).isDirectoryContaining(path -> path.equals(zip));
    try (var children = Files.list(folder)) {
      assertThat(children).containsExactly(zip);
    }
  }

  @Test
  void placesInsideAreFoundBelowTheRootAndItsOnlyFolder() throws IOException {
    String zip =
        new Corpus()
            .with("ADFA/Train/a", "1")
            .with("ADFA/Valid/a", "2")
            .with("__MACOSX/x", "3")
            .zipTo(folder.resolve("x.zip"))
            .toString();
    for (TraceSettings settings :
        List.of(
            Corpus.settings(zip, "Train", ""),
            Corpus.settings(zip, "ADFA/Train/", ""),
            Corpus.settings(zip, "./ADFA//Train", ""),
            Corpus.settings(zip + "!/ADFA", "Train", ""),
            Corpus.settings(zip + "!/ADFA/", "Train", ""),
            Corpus.settings(folder.toString(), "x.zip!/ADFA/Train", ""),
            Corpus.settings(folder.toString(), "x.zip!/Train", ""),
            Corpus.settings("", "file:" + zip + "!/Train", ""))) {
      assertThat(Corpus.lines(read(settings))).as("%s", settings).containsExactly("0 a null [1]");
    }
    assertThat(Corpus.lines(read(zip)))
        .containsExactly("0 ADFA/Train/a null [1]", "1 ADFA/Valid/a null [2]");
    assertThat(Corpus.lines(read(zip + "!/ADFA/{Train,None}")))
        .containsExactly("0 Train/a null [1]");
    assertThat(Corpus.lines(read(Corpus.settings(zip, "V*", ""))))
        .containsExactly("0 Valid/a null [2]");
  }

  @Test
  void aFolderWhoseNameEndsLikeAnArchiveIsAFolder() throws IOException {
    new Corpus().with("x.zip/Train/a", "1").writeTo(folder);
    assertThat(Corpus.lines(read(Corpus.settings(folder + "/x.zip", "Train", ""))))
        .containsExactly("0 a null [1]");
  }

  @Test
  void attacksCarryTheFamilyOfTheirFolder() throws IOException {
    Path zip =
        new Corpus()
            .with("Attack/Adduser_1/a", "1")
            .with("Attack/Web_Shell_12/b", "2")
            .zipTo(folder.resolve("x.zip"));
    TraceReader reader =
        new TraceReader(spark, Corpus.settings(zip.toString(), "", "Attack"), Integer.MAX_VALUE);
    assertThat(Corpus.lines(reader.read(Split.ATTACK)))
        .containsExactly("0 Adduser_1/a Adduser [1]", "1 Web_Shell_12/b Web_Shell [2]");
  }

  @Test
  void manyEntriesAreReadByFewPartitions() throws IOException {
    Corpus corpus = new Corpus();
    for (int i = 599; i >= 0; i--) {
      corpus.with("%03d".formatted(i), Integer.toString(i));
    }
    TraceSet traces = read(corpus.zipTo(folder.resolve("x.zip")).toString());
    assertThat(traces.traces().rdd().getNumPartitions()).isEqualTo(3);
    assertThat(traces.traces().collectAsList())
        .hasSize(600)
        .allSatisfy(row -> assertThat(row.getList(3)).isEqualTo(List.of((int) row.getLong(0))));
  }

  @Test
  void missingPlacesInsideSayWhy() throws IOException {
    Path zip =
        new Corpus()
            .with("ADFA/Train/a", "1")
            .with("ADFA/none/", "")
            .zipTo(folder.resolve("x.zip"));
    assertUnusable(zip + "!/Valid", "the archive has no such folder");
    assertUnusable(zip + "!/ADFA/V*", "nothing in the archive matches the glob");
    assertUnusable(
        zip + "!/ADFA/Train/a", "it is a file in the archive where a folder or a glob is needed");
    assertUnusable(zip + "!/ADFA/none", "it holds no file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "C:/x", "..\\x", "\\x"})
  void entriesThatPointOutsideAreRefused(String name) throws IOException {
    Path zip = new Corpus().with("t/a", "1").with(name, "2").zipTo(folder.resolve("x.zip"));
    assertThatThrownBy(() -> read(zip + "!/t"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageMatching(
            "Cannot read file:\\Q"
                + zip
                + "\\E: entry '.*' points outside the archive;"
                + " make it again with paths below its own top");
  }

  @Test
  void aTruncatedArchiveIsRefused() throws IOException {
    Path zip = new Corpus().with("t/a", "1 2 3").with("t/b", "4").zipTo(folder.resolve("x.zip"));
    byte[] whole = Files.readAllBytes(zip);
    Files.write(zip, Arrays.copyOf(whole, whole.length - 30));
    assertDamaged(zip);
    Files.write(zip, new byte[0]);
    assertDamaged(zip);
    Files.writeString(zip, "no archive at all, and long enough to be one");
    assertDamaged(zip);
  }

  @Test
  void anEntryThatStandsTwiceIsRefused() throws IOException {
    Path zip = new Corpus().with("t/a", "1").with("t/b", "2").zipTo(folder.resolve("x.zip"));
    replace(zip, "t/b", "t/a");
    assertThatThrownBy(() -> read(zip + "!/t"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage("Cannot read file:%s: entry 't/a' stands in it twice; make it again", zip);
  }

  @Test
  void aDamagedEntryIsRejectedAlone() throws IOException {
    String numbers =
        new Random(5)
            .ints(5000, 0, 341)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(" "));
    Path zip =
        new Corpus()
            .with("t/a", "1")
            .with("t/b", numbers)
            .with("t/c", "3")
            .zipTo(folder.resolve("x.zip"));
    byte[] bytes = Files.readAllBytes(zip);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 400, (byte) 0);
    Files.write(zip, bytes);
    TraceSet traces = read(zip + "!/t");
    assertThat(Corpus.ids(traces.traces())).containsExactly("a", "c");
    assertThat(Corpus.rejects(traces, folder))
        .singleElement()
        .asString()
        .startsWith("training x.zip!/t/b: ")
        .doesNotContain("\n");
  }

  @Test
  void anEntryWithAWrongChecksumIsRejected() throws IOException {
    Path zip = new Corpus().with("t/a", "1 2 3").with("t/b", "4").zipTo(folder.resolve("x.zip"));
    byte[] bytes = Files.readAllBytes(zip);
    // The checksum in the archive's directory, 16 bytes into the record of t/a.
    int record = indexOf(bytes, RECORD);
    bytes[record + 16] ^= 1;
    Files.write(zip, bytes);
    TraceSet traces = read(zip + "!/t");
    assertThat(Corpus.ids(traces.traces())).containsExactly("b");
    assertThat(Corpus.rejects(traces, folder))
        .containsExactly(
            "training x.zip!/t/a: cannot be read: checksum error: CRC-32 is f7eabd5f instead of"
                + " f7eabd5e");
  }

  @Test
  void aBombIsRejectedByItsSizeEvenIfItLies() throws IOException {
    byte[] blanks = new byte[3 << 20];
    Arrays.fill(blanks, (byte) ' ');
    Path zip = new Corpus().with("t/a", "1").with("t/bomb", blanks).zipTo(folder.resolve("x.zip"));
    assertThat(Corpus.rejects(read(zip + "!/t"), folder))
        .containsExactly(
            "training x.zip!/t/bomb: has 3145728 bytes, more than the 1048576 that are accepted");

    byte[] bytes = Files.readAllBytes(zip);
    // The size in the archive's directory, 24 bytes into the second record.
    int first = indexOf(bytes, RECORD);
    int second = first + 1 + indexOf(Arrays.copyOfRange(bytes, first + 1, bytes.length), RECORD);
    Arrays.fill(bytes, second + 24, second + 28, (byte) 0);
    Files.write(zip, bytes);
    assertThat(Corpus.rejects(read(zip + "!/t"), folder))
        .containsExactly(
            "training x.zip!/t/bomb: has more bytes than the 1048576 that are accepted");
  }

  @Test
  void aDamagedDirectoryIsRefusedAndLosesNoEntryInSilence() throws IOException {
    Path zip =
        new Corpus()
            .with("t/a", "1")
            .with("t/b", "2")
            .with("t/c", "3")
            .zipTo(folder.resolve("x.zip"));
    byte[] bytes = Files.readAllBytes(zip);
    int third = lastIndexOf(bytes, RECORD);
    bytes[third] ^= 1;
    Files.write(zip, bytes);
    assertThatThrownBy(() -> read(zip + "!/t"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot read file:%s: its directory is damaged at offset %d; check that the zip is"
                + " complete",
            zip, third);
  }

  @Test
  void tasksReadTheirEntriesWithoutTheDirectory() throws IOException {
    Path zip = new Corpus().with("t/a", "1 2").with("t/b", "3").zipTo(folder.resolve("x.zip"));
    TraceSet traces = read(zip + "!/t");
    FileTime listed = Files.getLastModifiedTime(zip);
    byte[] bytes = Files.readAllBytes(zip);
    Arrays.fill(bytes, indexOf(bytes, RECORD), bytes.length, (byte) 0);
    Files.write(zip, bytes);
    Files.setLastModifiedTime(zip, listed);
    assertThat(Corpus.lines(traces)).containsExactly("0 a null [1, 2]", "1 b null [3]");
  }

  @Test
  void anArchiveThatChangesAfterItsListingEndsTheReading() throws IOException {
    Path zip = new Corpus().with("t/a", "1 2").zipTo(folder.resolve("x.zip"));
    TraceSet traces = read(zip + "!/t");
    new Corpus().with("t/a", "1 2 3").with("t/b", "4").zipTo(zip);
    assertThatThrownBy(traces::rejected)
        .rootCause()
        .hasMessage("the archive has changed since it was listed");
    assertThatThrownBy(traces::rejected)
        .hasStackTraceContaining(
            "UnusableInputException: Cannot read file:%s!/t/a: the archive has changed since it"
                + " was listed; once it can be read, run again",
            zip);
  }

  @Test
  void theFingerprintComesFromNamesSizesAndChecksums() throws IOException {
    Path a = new Corpus().with("t/a", "1 2").zipTo(folder.resolve("a.zip"));
    Path same = new Corpus().with("x", "7").with("t/a", "1 2").zipTo(folder.resolve("b.zip"));
    Path other = new Corpus().with("t/a", "1 3").zipTo(folder.resolve("c.zip"));
    assertThat(read(a + "!/t").fingerprint())
        .isEqualTo(read(same + "!/t").fingerprint())
        .isNotEqualTo(read(other + "!/t").fingerprint());
  }

  private static void replace(Path file, String text, String by) throws IOException {
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, content.replace(text, by), StandardCharsets.ISO_8859_1);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .indexOf(new String(part, StandardCharsets.ISO_8859_1));
  }

  private static int lastIndexOf(byte[] bytes, byte[] part) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .lastIndexOf(new String(part, StandardCharsets.ISO_8859_1));
  }

  private void assertDamaged(Path zip) {
    assertThatThrownBy(() -> read(zip + "!/t"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot read file:%s: it does not end with the directory of a zip; check that the zip is complete",
            zip);
  }

  private void assertUnusable(String training, String why) {
    assertThatThrownBy(() -> read(training))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage("Cannot read training traces from %s: %s", training, why);
  }

  private TraceSet read(String training) {
    return read(Corpus.training(training));
  }

  private TraceSet read(TraceSettings settings) {
    return new TraceReader(spark, settings, Integer.MAX_VALUE).read(Split.TRAINING);
  }
}
