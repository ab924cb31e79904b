package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import syscallanomaly.SparkExtension;

/**
 * Ranges mean the same in a local folder, in a file system that only Hadoop knows, and in a zip.
 */
@ExtendWith(SparkExtension.class)
class NameRangeTest {
  private SparkSession spark;
  private Configuration hadoop;
  private String link;
  private List<String> places;
  @TempDir private Path folder;

  @BeforeEach
  void writeCorpus(SparkSession session) throws IOException {
    spark = session;
    hadoop = session.sparkContext().hadoopConfiguration();
    // Hadoop keeps a file system as it was when it was first used, so each test has its own.
    link = "fs.viewfs.mounttable.%s.link./data".formatted(folder.getFileName());
    hadoop.set(link, folder.toUri().toString());
    Corpus corpus =
        new Corpus()
            .with("t/2014-03-01/a", "1")
            .with("t/2014-03-01/b", "1")
            .with("t/2014-03-02/a", "2")
            .with("t/2014-03-02-night/a", "3")
            .with("t/2014-03-03/sub/c", "4")
            .with("t/2014-04-01/a", "5")
            .with("t/a..c/a", "6")
            .with("files/live-1", "1")
            .with("files/live-10", "2")
            .with("files/live-2", "3")
            .with("files/live-9", "4")
            .with("files/live-95", "5")
            .with("files/.hidden", "6");
    corpus.writeTo(folder.resolve("corpus"));
    Path zip = corpus.zipTo(folder.resolve("corpus.zip"));
    places =
        List.of(
            folder + "/corpus/",
            "viewfs://%s/data/corpus/".formatted(folder.getFileName()),
            zip + "!/");
  }

  @AfterEach
  void unmount() {
    hadoop.unset(link);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "files/{live-1..live-9}                 | live-1 live-10 live-2 live-9",
        "files/{..live-2}                       | live-1 live-10 live-2",
        "files/{live-20..}                      | live-9 live-95",
        "files/{live-9..live-9}                 | live-9",
        "files/{..}                             | live-1 live-10 live-2 live-9 live-95",
        "t/{2014-03-01..2014-03-02}             | 2014-03-01/a 2014-03-01/b 2014-03-02/a",
        "t/{2014-03-02..2014-04}                | 2014-03-02-night/a 2014-03-02/a 2014-03-03/sub/c",
        "t/{2014-03..2014-04}/{b..c}            | 2014-03-01/b",
        "t/{2014-03..2014-04}/*/{..}            | 2014-03-03/sub/c",
        "t/*/./{b..}/                           | 2014-03-01/b 2014-03-03/sub/c",
        "{f..t}/{live-2..live-2,2014-03-02}     | t/2014-03-02/a",
        "t/{a..c,none}                          | a..c/a",
        "t/\\{a..c\\}                           | none",
      })
  void aRangeHoldsTheNamesFromOneToTheOtherComparedAsText(String below, String ids) {
    for (String place : places) {
      if (ids.equals("none")) {
        assertThatThrownBy(() -> ids(place + below)).hasMessageContaining("matches the glob");
      } else {
        assertThat(ids(place + below)).as("%s", place).containsExactly(ids.split(" "));
      }
    }
  }

  @Test
  void alternativesWithFoldersMayHaveRanges() {
    for (String place : places.subList(0, 2)) {
      assertThat(ids(place + "{t/{2014-03-02..2014-03-03},files/{live-2..live-9}}"))
          .as("%s", place)
          .containsExactly(
              "files/live-2",
              "files/live-9",
              "t/2014-03-02-night/a",
              "t/2014-03-02/a",
              "t/2014-03-03/sub/c");
    }
  }

  @Test
  void twoOpenRangesShareOutAFolder() {
    for (String place : places) {
      List<String> both =
          IntStream.range(0, 2)
              .mapToObj(i -> ids(place + List.of("files/{..live-3}", "files/{live-3..}").get(i)))
              .flatMap(List::stream)
              .toList();
      assertThat(both).containsExactlyElementsOf(ids(place + "files/*"));
    }
  }

  @Test
  void aRangeThatCannotHoldANameIsRefused() {
    for (String place : places) {
      assertRefused(
          place + "files/live-{1..9}",
          "the range {1..9} is only a piece of the name 'live-{1..9}'; write whole names, such as"
              + " {day-1..day-9}");
      assertRefused(
          place + "files/{live-9..live-1}",
          "the range {live-9..live-1} holds no name: 'live-9' comes after 'live-1'; swap them");
      assertRefused(place + "t/{a..b..c}", "the range {a..b..c} has '..' twice; once is needed");
      assertThatThrownBy(() -> ids(place + "files/{a..b}"))
          .isInstanceOf(UnusableInputException.class)
          .hasMessageContaining("matches the glob");
    }
  }

  private void assertRefused(String training, String why) {
    assertThatThrownBy(() -> ids(training))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage("Cannot read training traces from %s: %s", training, why);
  }

  private List<String> ids(String training) {
    return Corpus.ids(
        new TraceReader(spark, Corpus.training(training), 340).read(Split.TRAINING).traces());
  }
}
