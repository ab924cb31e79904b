package syscallanomaly.score.containment;

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
class ContainmentOnAdfaLdTest {
  @Test
  void detectorsReachTheAucOfTheReferenceImplementation(SparkSession spark, @TempDir Path folder)
      throws IOException {
    Map<String, Double> areas =
        FamilyOnAdfaLd.areas(spark, new ContainmentFamily(ContainmentSettings.DEFAULT), folder);

    assertThat(areas.get("call-set")).isCloseTo(0.8704, within(0.0001));
    assertThat(areas.get("call-counts")).isCloseTo(0.8643, within(0.0001));
    assertThat(areas.get("containment")).isCloseTo(0.8517, within(0.0001));
  }
}
