package syscallanomaly.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportKeysTest {
  private static final String URL = "export.url=jdbc:postgresql://host:5432/metrics";

  private final ConfigurationLoader loader =
      new ConfigurationLoader(
          new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
          InstantSource.fixed(Instant.EPOCH));

  @Test
  void aDatabaseIsNamed() throws Exception {
    assertThat(
            loader
                .load(
                    Optional.empty(),
                    List.of(URL + "?sslmode=require", "export.user=ada", "export.schema=night_2"))
                .export())
        .isEqualTo(
            new ExportSettings(
                "jdbc:postgresql://host:5432/metrics?sslmode=require",
                "ada",
                "night_2",
                ExportSettings.CHANGED));
  }

  @Test
  void whatCannotBeUsedIsRefusedAndNoPasswordShown() {
    String rule =
        "must not hold a password; give it in PGPASSWORD in the environment, or as"
            + " spark.syscall.export.password in a file of Spark properties (--set)";
    assertThat(errors("export.url=jdbc:mysql://host/metrics"))
        .containsExactly(
            "Cannot use export.url = jdbc:mysql://host/metrics: must begin with"
                + " jdbc:postgresql:, such as jdbc:postgresql://host:5432/metrics (--set)");
    assertThat(errors(URL + "?user=ada&Password=sesame"))
        .singleElement()
        .asString()
        .endsWith(rule)
        .doesNotContain("sesame");
    assertThat(errors("export.url=jdbc:postgresql://ada:sesame@host/metrics"))
        .singleElement()
        .asString()
        .endsWith(rule)
        .doesNotContain("sesame");
    for (String schema : List.of("", "Metrics", "1st", "a-b", "a".repeat(64))) {
      assertThat(errors("export.schema=\"" + schema + '"'))
          .as(schema)
          .singleElement()
          .asString()
          .contains("must be at most 63 lower-case letters, digits and underscores");
    }
    assertThat(errors("export.runs=\"\"")).hasSize(1);
  }

  private List<String> errors(String assignment) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> loader.load(Optional.empty(), List.of(assignment)))
        .errors();
  }
}
