package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

/** The kinds of entries, names and sizes that zips have. */
@ExtendWith(SparkExtension.class)
class ArchiveEntriesTest {
  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  @Test
  void entriesOfEveryKindAreReadAndEncryptedOnesRejected() throws IOException {
    Path zip = folder.resolve("x.zip");
    byte[] text = "3 4 5".getBytes(StandardCharsets.UTF_8);
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("t/deflated", "t/encrypted", "t/stored", "t/zip64")) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        out.setUseZip64(name.endsWith("64") ? Zip64Mode.Always : Zip64Mode.Never);
        entry.setMethod(name.endsWith("stored") ? ZipEntry.STORED : ZipEntry.DEFLATED);
        entry.setSize(text.length);
        entry.setCrc(crc(text));
        out.putArchiveEntry(entry);
        out.write(text);
        out.closeArchiveEntry();
      }
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (var bzip2 = new BZip2CompressorOutputStream(packed)) {
        bzip2.write(text);
      }
      ZipArchiveEntry entry = new ZipArchiveEntry("t/bzip2");
      entry.setMethod(ZipMethod.BZIP2.getCode());
      entry.setSize(text.length);
      entry.setCompressedSize(packed.size());
      entry.setCrc(crc(text));
      out.addRawArchiveEntry(entry, new ByteArrayInputStream(packed.toByteArray()));
    }
    byte[] bytes = Files.readAllBytes(zip);
    int encrypted = lastIndexOf(bytes, "t/encrypted".getBytes(StandardCharsets.UTF_8)) - 46;
    bytes[encrypted + 8] |= 1;
    Files.write(zip, bytes);

    TraceSet traces = read(zip + "!/t");
    assertThat(Corpus.lines(traces))
        .containsExactly(
            "0 bzip2 null [3, 4, 5]",
            "1 deflated null [3, 4, 5]",
            "2 stored null [3, 4, 5]",
            "3 zip64 null [3, 4, 5]");
    assertThat(Corpus.rejects(traces, folder))
        .singleElement()
        .asString()
        .startsWith("training x.zip!/t/encrypted: cannot be read: ");
    TraceSet inFolder = read(folder.toString());
    assertThat(Corpus.lines(inFolder)).hasSize(4).contains("0 x.zip!/t/bzip2 null [3, 4, 5]");
    assertThat(Corpus.rejects(inFolder, folder)).isEqualTo(Corpus.rejects(traces, folder));
  }

  @Test
  void moreEntriesThanSixteenBitsCountAreAllFound() throws IOException {
    Path zip = folder.resolve("x.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(0);
      for (int i = 0; i < 70_000; i++) {
        out.putNextEntry(new ZipEntry("t/" + i));
        out.write('7');
      }
    }
    assertThat(read(zip + "!/t").traces().count()).isEqualTo(70_000);
    precede(zip);
    assertThat(read(zip + "!/t").traces().count()).isEqualTo(70_000);
  }

  @Test
  void aProgramMayStandBeforeTheArchive() throws IOException {
    Path zip = new Corpus().with("t/a", "1 2").zipTo(folder.resolve("x.zip"));
    precede(zip);
    assertThat(Corpus.lines(read(zip + "!/t"))).containsExactly("0 a null [1, 2]");
  }

  private static void precede(Path zip) throws IOException {
    byte[] program = "#!/bin/sh ".repeat(10).getBytes(StandardCharsets.UTF_8);
    Files.write(zip, ArrayUtils.addAll(program, Files.readAllBytes(zip)));
  }

  @Test
  void aNameThatIsNotUtf8IsShownByItsBytes() throws IOException {
    Path zip = new Corpus().with("t/caf#", "1").zipTo(folder.resolve("x.zip"));
    replace(zip, "caf#", "caf\u00e9");
    assertThat(Corpus.lines(read(zip + "!/t"))).containsExactly("0 caf\\xe9 null [1]");
  }

  private static int lastIndexOf(byte[] bytes, byte[] part) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .lastIndexOf(new String(part, StandardCharsets.ISO_8859_1));
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static void replace(Path file, String text, String by) throws IOException {
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, content.replace(text, by), StandardCharsets.ISO_8859_1);
  }

  private TraceSet read(String training) {
    return new TraceReader(spark, Corpus.training(training), Integer.MAX_VALUE)
        .read(Split.TRAINING);
  }
}
