package syscallanomaly.score.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.containment.ContainmentFamily;
import syscallanomaly.score.containment.ContainmentSettings;
import syscallanomaly.score.ensemble.Combination;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.score.ngram.NGramFamily;
import syscallanomaly.score.ngram.NGramSettings;
import syscallanomaly.score.stide.StideFamily;

/**
 * A detector that release 0.1.0 fitted, and how that release judged with it. A file of the resource
 * is never replaced: if the format changes, the detector of the next release stands beside it.
 *
 * <p>This makes the file of a release that has none:
 *
 * <pre>mvn test -pl pipeline -Dtest=EarlierDetectorTest -Ddetector.write=true</pre>
 */
@ExtendWith(SparkExtension.class)
class EarlierDetectorTest {
  private static final Path RELEASE =
      Path.of("src/test/resources/syscallanomaly/score/fitted/release-0.1.0.zip");

  private static final String JUDGED = "judged.tsv";

  @TempDir Path made;
  @TempDir Path folder;

  @Test
  void aDetectorOfTheFirstReleaseJudgesAsItDidThen(SparkSession spark) throws IOException {
    if (Boolean.getBoolean("detector.write")) {
      write(spark);
    }
    unpack();
    try (FittedDetector detector = load(spark, folder)) {
      assertThat(detector.detectors()).isEqualTo(Detectors.names());
      List<Row> judged = SmallDetectors.judged(spark, detector);
      List<String> then = Files.readAllLines(folder.resolve(JUDGED));
      assertThat(judged).hasSameSizeAs(then).hasSize(4 * Detectors.names().size());
      for (int i = 0; i < judged.size(); i++) {
        assertSame(judged.get(i), then.get(i).split("\t"));
      }
    }
  }

  /** The LSTM's scores may differ in their last digits between processors. */
  private static void assertSame(Row now, String[] then) {
    for (String name : now.schema().fieldNames()) {
      int column = now.fieldIndex(name);
      String text = String.valueOf(now.get(column));
      if (name.equals("score")) {
        assertThat(now.getDouble(column))
            .as("%s of %s", name, now)
            .isCloseTo(Double.parseDouble(then[column]), within(1e-5));
      } else {
        assertThat(text).as("%s of %s", name, now).isEqualTo(then[column]);
      }
    }
  }

  private static FittedDetector load(SparkSession spark, Path folder) throws IOException {
    return FittedDetector.load(spark, new org.apache.hadoop.fs.Path(folder.toUri()), 4);
  }

  private void unpack() throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(RELEASE))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }

  private void write(SparkSession spark) throws IOException {
    assertThat(RELEASE).doesNotExist();
    Files.createDirectories(RELEASE.getParent());
    List<String> parts = List.of("stide", "call-set");
    try (NormalTraces normal = NormalTraces.of(SmallDetectors.training(spark), 3, 1);
        FittedDetector detector =
            FittedDetectors.fit(
                spark,
                normal,
                SmallDetectors.VOCABULARY,
                made,
                List.of(
                    new Ensemble("ensemble", parts, Combination.SOFT_MINIMUM),
                    new Ensemble("ensemble-sum", parts, Combination.SUM)),
                SmallDetectors.lstm(spark),
                new StideFamily(spark, 2),
                new NGramFamily(NGramSettings.DEFAULT),
                new ContainmentFamily(ContainmentSettings.DEFAULT))) {
      Files.write(
          made.resolve(JUDGED),
          SmallDetectors.judged(spark, detector).stream().map(row -> row.mkString("\t")).toList());
    }
    pack();
  }

  private void pack() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(RELEASE));
        Stream<Path> files = Files.walk(made)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        // Checksums of Hadoop's local file system; a copy elsewhere has none.
        if (!file.toString().endsWith(".crc")) {
          zip.putNextEntry(new ZipEntry(made.relativize(file).toString()));
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
    }
  }
}
