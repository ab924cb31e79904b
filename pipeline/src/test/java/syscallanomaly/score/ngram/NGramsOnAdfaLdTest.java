package syscallanomaly.score.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.score.FamilyOnAdfaLd;

/** The figures of an implementation of the same formulas in Python. */
@Tag("slow")
@Tag("adfa-ld")
@ExtendWith(SparkExtension.class)
class NGramsOnAdfaLdTest {
  @Test
  void detectorsReachTheAucOfTheReferenceImplementation(SparkSession spark, @TempDir Path folder)
      throws IOException {
    Map<String, Double> areas =
        FamilyOnAdfaLd.areas(spark, new NGramFamily(NGramSettings.DEFAULT), folder);

    assertThat(areas.get("ngram-window")).isCloseTo(0.8741, within(0.0001));
    assertThat(areas.get("ngram-ratio")).isCloseTo(0.8828, within(0.0001));
    assertThat(areas.get("ngram-ratio-end")).isCloseTo(0.7300, within(0.0001));
  }
}
