package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

/** Folders in which zips lie. */
@ExtendWith(SparkExtension.class)
class ZippedFolderTest {
  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  private TraceSet read(String place) {
    return new TraceReader(spark, Corpus.training(place), 340).read(Split.TRAINING);
  }

  @Test
  void zipsAndPlainFilesAreReadSideBySide() throws IOException {
    new Corpus().with("a.txt", "1").with("d/z", "2").writeTo(folder);
    new Corpus().with("b/x", "3 4").with("__MACOSX/x", "\0").zipTo(folder.resolve("b.zip"));
    new Corpus().with("./y", "5").with("x", "6").zipTo(folder.resolve("d/C.ZIP"));
    TraceSet traces = read(folder.toString());

    assertThat(Corpus.lines(traces))
        .containsExactly(
            "0 a.txt null [1]",
            "1 b.zip!/b/x null [3, 4]",
            "2 d/C.ZIP!/x null [6]",
            "3 d/C.ZIP!/y null [5]",
            "4 d/z null [2]");
    assertThat(traces.rejected()).isZero();
    assertThat(traces.hidden()).isOne();
    String fingerprint = traces.fingerprint();
    Files.setLastModifiedTime(folder.resolve("b.zip"), FileTime.fromMillis(1));
    assertThat(read(folder.toString()).fingerprint()).isEqualTo(fingerprint);
    new Corpus().with("b/x", "3 5").with("__MACOSX/x", "\0").zipTo(folder.resolve("b.zip"));
    assertThat(read(folder.toString()).fingerprint()).isNotEqualTo(fingerprint);
    for (String glob : List.of("/*.zip", "/{b,none}*")) {
      assertThat(Corpus.lines(read(folder + glob))).containsExactly("0 b.zip!/b/x null [3, 5]");
    }
    assertThat(
            Corpus.lines(
                new TraceReader(spark, Corpus.settings(folder.toString(), "*.zip", ""), 340)
                    .read(Split.TRAINING)))
        .containsExactly("0 b.zip!/b/x null [3, 5]");
  }

  @Test
  void aZipIsTheFamilyOfWhatLiesDirectlyInIt() throws IOException {
    new Corpus().with("a", "1").with("Web_Shell_2/b", "2").zipTo(folder.resolve("Adduser_1.zip"));
    TraceReader reader =
        new TraceReader(spark, Corpus.settings("", "", folder.toString()), Integer.MAX_VALUE);
    assertThat(Corpus.lines(reader.read(Split.ATTACK)))
        .containsExactly(
            "0 Adduser_1.zip!/Web_Shell_2/b Web_Shell [2]", "1 Adduser_1.zip!/a Adduser [1]");
  }

  @Test
  void aZipThatCannotBeUsedIsRejectedAlone() throws IOException {
    new Corpus().with("a", "1").zipTo(folder.resolve("good.zip"));
    new Corpus().with("../a", "1").zipTo(folder.resolve("outside.zip"));
    new Corpus().zipTo(folder.resolve("empty.zip"));
    new Corpus().with("no.zip", "no zip").with("cut.zip", "").writeTo(folder);
    byte[] whole = Files.readAllBytes(folder.resolve("good.zip"));
    Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length - 3));
    new Corpus().with("b", "2").with("in.zip", whole).zipTo(folder.resolve("outer.zip"));
    TraceSet traces = read(folder.toString());

    assertThat(Corpus.lines(traces))
        .containsExactly("0 good.zip!/a null [1]", "1 outer.zip!/b null [2]");
    assertThat(Corpus.rejects(traces, folder))
        .containsExactly(
            "training cut.zip: is a zip that cannot be read: it does not end with the directory of"
                + " a zip; check that the zip is complete",
            "training empty.zip: is a zip without a file",
            "training no.zip: is a zip that cannot be read: it does not end with the directory of"
                + " a zip; check that the zip is complete",
            "training outer.zip!/in.zip: is a zip within a zip, which is not read; unpack the"
                + " outer one",
            "training outside.zip: is a zip that cannot be read: entry '../a' points outside the"
                + " archive; make it again with paths below its own top");
  }

  @Test
  void aZipThatChangesAfterItsListingEndsTheReading() throws IOException {
    Path zip = new Corpus().with("t/a", "1").zipTo(folder.resolve("x.zip"));
    TraceSet traces = read(folder.toString());
    Files.setLastModifiedTime(zip, FileTime.fromMillis(1));
    assertThatThrownBy(traces::rejected)
        .hasMessageContaining(
            "Cannot read file:%s!/t/a: the archive has changed since it was listed".formatted(zip));
  }

  @Test
  void manyZipsAreReadByFewTasks() throws IOException {
    for (int i = 0; i < 200; i++) {
      new Corpus().with("a", "1").with("b", "" + i).zipTo(folder.resolve("%03d.zip".formatted(i)));
    }
    TraceSet traces = read(folder.toString());
    assertThat(traces.traces().rdd().getNumPartitions()).isEqualTo(2);
    assertThat(Corpus.ids(traces.traces()))
        .isEqualTo(
            IntStream.range(0, 400)
                .mapToObj(i -> "%03d.zip!/%s".formatted(i / 2, i % 2 == 0 ? "a" : "b"))
                .toList());
    assertThat(traces.traces().collectAsList().get(399).getList(3)).isEqualTo(List.of(199));
  }

  @Test
  void aTableOfEventsIsNotReadFromZips() throws IOException {
    new Corpus().with("a.csv", "process,time,call\n1,2,read\n").zipTo(folder.resolve("x.zip"));
    TraceSettings settings = new TraceSettings("auto", "", folder.toString(), "", "", 10, 0);
    assertThatThrownBy(
            () -> new TraceReader(spark, settings, Integer.MAX_VALUE).read(Split.TRAINING))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot read training traces from %s: a table of events cannot be read from a zip; unpack it"
                .formatted(folder));
  }
}
