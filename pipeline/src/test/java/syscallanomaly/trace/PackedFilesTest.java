package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class PackedFilesTest {
  private static final int MOST_BYTES = 40_000;

  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  @Test
  void packedFilesAreReadInFoldersAndInArchives() throws IOException {
    Corpus corpus =
        new Corpus()
            .with("t/a.txt", "1 2")
            .with("t/b.txt.gz", gzip("3 4 5\n"))
            .with("t/c.GZ", gzip("6"));
    corpus.writeTo(folder);
    Path zip = corpus.zipTo(folder.resolve("x.zip"));
    for (String place : List.of(folder + "/t", zip + "!/t")) {
      TraceSet traces = read("adfa-ld", place);
      assertThat(Corpus.lines(traces))
          .containsExactly("0 a.txt null [1, 2]", "1 b.txt.gz null [3, 4, 5]", "2 c.GZ null [6]");
      assertThat(traces.rejected()).isZero();
    }
  }

  @Test
  void theTracesOfAPackedFileAreNamedAfterIt() throws IOException {
    new Corpus().with("t/a.int.gz", gzip("17 5\n4 1\n17 6\n")).writeTo(folder);
    assertThat(Corpus.lines(read("unm", folder + "/t")))
        .containsExactly("0 a.int.gz#17 null [5, 6]", "1 a.int.gz#4 null [1]");
  }

  @Test
  void allMembersOfAPackedFileAreRead() throws IOException {
    new Corpus().with("t/a.gz", ArrayUtils.addAll(gzip("1 2 "), gzip("3 4"))).writeTo(folder);
    assertThat(Corpus.lines(read("adfa-ld", folder + "/t")))
        .containsExactly("0 a.gz null [1, 2, 3, 4]");
  }

  @Test
  void aDamagedPackedFileIsRejectedAlone() throws IOException {
    byte[] whole = gzip(numbers(3000));
    byte[] wrongChecksum = whole.clone();
    wrongChecksum[whole.length - 8] ^= 1;
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, whole.length / 2, whole.length / 2 + 200, (byte) 0xff);
    new Corpus()
        .with("t/a.gz", gzip("1 2"))
        .with("t/b cut.gz", Arrays.copyOf(whole, whole.length / 2))
        .with("t/c cut in its checksum.gz", Arrays.copyOf(whole, whole.length - 3))
        .with("t/d checksum.gz", wrongChecksum)
        .with("t/e damaged.gz", damaged)
        .with("t/f followed by text.gz", ArrayUtils.addAll(whole, (byte) 'x', (byte) 'y'))
        .with("t/g not packed.gz", "1 2 3")
        .with("t/h nothing.gz", "")
        .with("t/i nothing packed.gz", gzip(""))
        .writeTo(folder);
    TraceSet traces = read("adfa-ld", folder + "/t");
    assertThat(Corpus.ids(traces.traces())).containsExactly("a.gz");
    assertThat(Corpus.rejects(traces, folder))
        .containsExactly(
            "training t/b cut.gz: cannot be read: it ends before its packed content does",
            "training t/c cut in its checksum.gz: cannot be read: it ends before its packed"
                + " content does",
            "training t/d checksum.gz: cannot be read: Gzip-compressed data is corrupt (CRC32"
                + " error)",
            "training t/e damaged.gz: cannot be read: Gzip-compressed data is corrupt",
            "training t/f followed by text.gz: cannot be read: Garbage after a valid .gz stream",
            "training t/g not packed.gz: cannot be read: Input is not in the .gz format",
            "training t/h nothing.gz: cannot be read: Input is not in the .gz format",
            "training t/i nothing packed.gz: is empty");
  }

  @Test
  void theLimitHoldsForWhatIsUnpacked() throws IOException {
    String most = "1 ".repeat(MOST_BYTES / 2);
    new Corpus()
        .with("t/a.gz", gzip(most))
        .with("t/b.gz", gzip(most + " "))
        .with("t/bomb.gz", gzip(" ".repeat(30 << 20)))
        .with("t/packed.gz", gzip(numbers(60_000)))
        .writeTo(folder);
    TraceSet traces = read("adfa-ld", folder + "/t");
    assertThat(Corpus.ids(traces.traces())).containsExactly("a.gz");
    assertThat(Corpus.rejects(traces, folder))
        .containsExactly(
            "training t/b.gz: has more bytes than the 40000 that are accepted",
            "training t/bomb.gz: has more bytes than the 40000 that are accepted",
            "training t/packed.gz: has %d bytes, more than the 40000 that are accepted"
                .formatted(Files.size(folder.resolve("t/packed.gz"))));
  }

  @Test
  void aPackedFileThatTheDiskFailsToGiveEndsTheReading() throws IOException {
    Files.createDirectory(folder.resolve("t"));
    // Hadoop keeps the checksum of a local file beside it and checks it on reading.
    try (FileSystem local =
        FileSystem.newInstanceLocal(spark.sparkContext().hadoopConfiguration())) {
      try (var out = local.create(new org.apache.hadoop.fs.Path(folder + "/t/a.gz"))) {
        out.write(gzip("1 2 3"));
      }
    }
    Files.write(folder.resolve("t/a.gz"), gzip("1 2 4"));
    assertThatThrownBy(() -> read("adfa-ld", folder + "/t").rejected())
        .satisfies(
            failure ->
                assertThat(ExceptionUtils.throwableOfType(failure, UnusableInputException.class))
                    .hasMessageStartingWith(
                        "Cannot read file:%s/t/a.gz: Checksum error: ".formatted(folder)));
  }

  private TraceSet read(String format, String place) {
    TraceSettings settings = new TraceSettings(format, "", place, "", "", MOST_BYTES, 1);
    return new TraceReader(spark, settings, Integer.MAX_VALUE).read(Split.TRAINING);
  }

  /** As many random numbers, which cannot be packed to less than a byte each. */
  private static String numbers(int count) {
    return new Random(5)
        .ints(count, 0, 341)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" "));
  }

  private static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content.getBytes(StandardCharsets.US_ASCII));
    }
    return packed.toByteArray();
  }
}
