package syscallanomaly.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "db.password",
        "AWS_SECRET",
        "api-token",
        "credentials",
        "fs.access-key",
        "s3.accessKey",
        "fs.s3a.access.key"
      })
  void masksValuesOfSecretKeys(String key) {
    assertThat(Secrets.masked(key, "hidden")).isEqualTo("***");
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://key:se/cret@bucket/x,               s3a://***@bucket/x",
    "https://user@host/x,                      https://***@host/x",
    "hdfs://host:8020/a@b,                     hdfs://host:8020/a@b",
    "https://h/x?sig=abc&a=1,                  https://h/x?sig=***&a=1",
    "https://h/x?a=1&X-Amz-Signature=abc#top,  https://h/x?a=1&X-Amz-Signature=***#top",
    "jdbc:db://h/x;password=abc,               jdbc:db://h/x;password=***",
    "jdbc:oracle:thin:me/se/cret@//h:1521/x,   jdbc:oracle:thin:***@//h:1521/x",
    "from s3://a:b@c to s3://d:e@f,            from s3://***@c to s3://***@f",
    "/a/plain@path,                            /a/plain@path"
  })
  void masksCredentialsInUris(String text, String expected) {
    assertThat(Secrets.masked(text)).isEqualTo(expected);
  }

  @Test
  void masksTheValuesOfSecretKeysWhereverTheyStand() {
    Map<String, String> properties =
        Map.of(
            "spark.hadoop.fs.s3a.secret.key", "sesame/open",
            "spark.sql.catalog.syscall.jdbc.password", "sesame",
            "spark.hadoop.fs.s3a.aws.credentials.provider", "a.b.Provider",
            "spark.authenticate.secret", "so");
    Map<String, String> environment =
        Map.of(
            "AWS_SECRET_ACCESS_KEY",
            "$of(the)env",
            "AWS_ACCESS_KEY_ID",
            "AKIA7",
            "ALLOW_TOKEN",
            "false",
            "HOME",
            "/me");

    assertThat(
            Secrets.masked(
                "a.b.Provider of /me, so: sesame/open, [sesame] $of(the)env AKIA7 false",
                properties,
                environment))
        .isEqualTo("a.b.Provider of /me, so: ***, [***] *** *** false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows.length", "run.seed"})
  void leavesOtherValues(String key) {
    assertThat(Secrets.masked(key, 20)).isEqualTo(20);
  }

  @Test
  void whatAConfigurationShowsHoldsNoSecrets() throws Exception {
    Configuration configuration = load("workspace=s3a://bucket/x?token=hidden");

    assertThat(configuration.masked()).containsEntry("workspace", "s3a://bucket/x?token=***");
    assertThat(configuration.json()).doesNotContain("hidden").contains("\"windows.length\":20");
    assertThat(configuration.hash()).isEqualTo(load("workspace=s3a://bucket/x?token=other").hash());
  }

  @Test
  void credentialsInAUriAreRefusedAndNotShown() {
    assertThat(
            catchThrowableOfType(
                    ConfigurationException.class, () -> load("workspace=s3a://me:hidden@bucket/x"))
                .errors())
        .singleElement()
        .asString()
        .startsWith("Cannot use workspace = s3a://***@bucket/x: must not hold credentials; ")
        .doesNotContain("hidden");
  }

  private static Configuration load(String assignment) throws ConfigurationException {
    return new ConfigurationLoader(
            new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
            InstantSource.fixed(Instant.EPOCH))
        .load(Optional.empty(), List.of(assignment));
  }
}
