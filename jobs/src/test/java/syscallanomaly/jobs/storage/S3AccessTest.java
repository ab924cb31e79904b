package syscallanomaly.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.Program;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.trace.UnusableInputException;

/** What S3 refuses, how soon that shows, and what reading and writing there ask of the server. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(SharedServers.class)
class S3AccessTest {
  private static final long FEW = 12;
  private static final int FILES = 6000;

  /** Those of the user, without what asks the machine that it runs on. */
  private static final Map<String, String> NO_CREDENTIALS =
      Map.of(
          "spark.hadoop.fs.s3a.aws.credentials.provider",
          "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");

  @TempDir private Path folder;
  private S3Server server;
  private UnsteadyProxy proxy;

  @BeforeAll
  void start(S3Server shared) throws Exception {
    server = shared;
    proxy = UnsteadyProxy.start();
    server.createBucket("access");
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  private void assertRefused(String workspace, Map<String, String> options, String reason) {
    proxy.takeCounts();

    Program.Outcome outcome = new Program(workspace, options).run("vocabulary");

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.complaint())
        .startsWith("Cannot write to workspace " + workspace + ": " + reason)
        .endsWith("; set workspace to a folder or URI that can be written");
    assertFewRequests();
  }

  /** Not patient: nobody is told anything between one try and the next. */
  private void assertFewRequests() {
    assertThat(proxy.takeCounts().values().stream().mapToLong(Long::longValue).sum())
        .as("requests")
        .isLessThanOrEqualTo(FEW);
  }

  private Map<String, String> with(String key, String value) {
    Map<String, String> options = server.options(proxy.options());
    options.put("spark.hadoop.fs.s3a." + key, value);
    return options;
  }

  @Test
  void aWorkspaceThatCannotBeReachedIsWrongUseAndSaysSoSoon() {
    assertRefused("s3a://access/w", with("secret.key", "wrong"), "access denied (");
    assertRefused("s3a://access/w", with("access.key", "wrong"), "access denied (");
    Map<String, String> none = new HashMap<>(server.optionsWithoutCredentials());
    none.putAll(proxy.options());
    none.putAll(NO_CREDENTIALS);
    assertRefused("s3a://access/w", none, "no credentials for S3; set AWS_ACCESS_KEY_ID and");
    assertRefused(
        "s3a://nowhere/w",
        server.options(proxy.options()),
        "there is no such bucket; create it, or");
    assertRefused("s3a://access/w", with("endpoint", "http://127.0.0.1:9"), "");
  }

  @Test
  void credentialsInTheUriAreRefusedWithoutBeingShown() {
    Program.Outcome outcome =
        new Program(
                "s3a://" + S3Server.ACCESS_KEY + ":" + S3Server.SECRET_KEY + "@lake/w", Map.of())
            .run(
                "vocabulary",
                "--set",
                "traces.training=s3a://other:" + S3Server.SECRET_KEY + "@lake/t");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines()).hasSize(2);
    assertThat(outcome.err())
        .contains(
            "Cannot use workspace = s3a://***@lake/w: must not hold credentials; give them in"
                + " AWS_ACCESS_KEY_ID",
            "Cannot use traces.training = s3a://***@lake/t: must not hold credentials")
        .doesNotContain(S3Server.SECRET_KEY, S3Server.ACCESS_KEY);
  }

  @Test
  void credentialsMayLieInACredentialStore() throws Exception {
    Map<String, String> options = new HashMap<>(server.optionsWithoutCredentials());
    options.put(
        "spark.hadoop.hadoop.security.credential.provider.path",
        "localjceks://file" + folder.resolve("s3.jceks"));
    Configuration hadoop = S3Server.hadoop(options);
    CredentialProvider store = CredentialProviderFactory.getProviders(hadoop).get(0);
    store.createCredentialEntry("fs.s3a.access.key", S3Server.ACCESS_KEY.toCharArray());
    store.createCredentialEntry("fs.s3a.secret.key", S3Server.SECRET_KEY.toCharArray());
    store.flush();
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);

    RunFolder run = Workspace.open("s3a://access/stored", hadoop).run("r");
    run.writeAtomically(run.vocabulary(), bytes("{}"));

    assertThat(run.read(run.vocabulary())).hasValue(bytes("{}"));
  }

  @Test
  void aFileIsOnePutAndAFailedWriterLeavesTheFormerContent() throws Exception {
    Configuration hadoop = S3Server.hadoop(server.options(proxy.options()));
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
    Workspace workspace = Workspace.open("s3a://access/atomic", hadoop);
    RunFolder run = workspace.run("r");
    run.writeAtomically(run.model("model-1.zip"), bytes("first"));
    proxy.takeCounts();
    run.writeAtomically(run.model("model-1.zip"), bytes("second"));
    assertThat(proxy.takeCounts()).containsEntry("PUT", 1L);

    assertThatThrownBy(
            () ->
                run.writeAtomically(
                    run.model("model-1.zip"),
                    out -> {
                      out.write(bytes("half of the th"));
                      throw new IOException("the disk of the writer is full");
                    }))
        .hasMessage("the disk of the writer is full");

    assertThat(run.read(run.model("model-1.zip"))).hasValue(bytes("second"));
    assertThat(server.objects("access").keySet().stream().filter(key -> key.startsWith("atomic/")))
        .containsExactly("atomic/runs/r/model-1.zip");
  }

  @Test
  void tracesThatCannotBeReachedAreUnusableInput() {
    Map<String, String> options = server.options(proxy.options());
    options.putAll(NO_CREDENTIALS);
    options.put("spark.hadoop.fs.s3a.bucket.locked.secret.key", "wrong");
    options.put("spark.hadoop.fs.s3a.bucket.anonymous.access.key", "");
    server.createBucket("locked");
    server.createBucket("anonymous");
    try (TraceReading reading = TraceReading.start(options)) {
      assertUnusable(reading, "s3a://locked/traces", "access denied (403 Forbidden); check the");
      assertUnusable(reading, "s3a://anonymous/traces", "no credentials for S3; set AWS_ACCESS_");
      assertUnusable(reading, "s3a://nowhere/traces", "there is no such bucket; create it, or");
      assertUnusable(reading, "s3a://access/missing", "no such file or folder");
    }
  }

  private void assertUnusable(TraceReading reading, String place, String reason) {
    proxy.takeCounts();

    assertThatThrownBy(() -> reading.list(place))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageStartingWith("Cannot read training traces from " + place + ": " + reason)
        .hasMessageNotContaining("\n");
    assertFewRequests();
  }

  /** Listed by the page and opened with one request each, in few partitions. */
  @Test
  void sixThousandFilesAreReadWithOneRequestEach() throws Exception {
    Map<String, String> options = server.options(proxy.options());
    var client = server.client();
    IntStream.range(0, FILES)
        .parallel()
        .forEach(i -> client.putObject("access", "many/t%04d.txt".formatted(i), "3 4 5"));
    client.shutdown();
    try (TraceReading reading = TraceReading.start(options)) {
      proxy.takeCounts();
      reading.requireAnOpeningEach("s3a://access/many", FILES, proxy::takeCounts, "LIST", "GET");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Clients that a former test has left are those of other options. */
  @BeforeEach
  void forgetClients() throws IOException {
    FileSystem.closeAll();
  }
}
