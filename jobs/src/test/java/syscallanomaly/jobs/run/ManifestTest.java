package syscallanomaly.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.configuration.ConfigurationFiles;
import syscallanomaly.jobs.configuration.ConfigurationLoader;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.UnusableInputException;

class ManifestTest {
  private static final Instant START = Instant.parse("2026-11-23T04:00:00.5Z");

  @TempDir Path folder;
  private RunFolder run;
  private Instant now = START;

  @BeforeEach
  void openRun() throws Exception {
    run = Workspace.open(folder.toString(), new org.apache.hadoop.conf.Configuration()).run("r1");
  }

  @Test
  void holdsWhatTheRunWasTold() throws Exception {
    Configuration configuration =
        configuration("traces.root=\"s3a://bucket/x?token=hidden\"", "run.seed=7");

    open(configuration);

    JsonNode json = json();
    assertThat(json.path("run_id").asText()).isEqualTo("r1");
    assertThat(json.path("started_at").asText()).isEqualTo("2026-11-23T04:00:00Z");
    assertThat(json.path("code_version").asText()).isEqualTo("0.1.0");
    assertThat(json.path("seed").asLong()).isEqualTo(7);
    assertThat(json.path("configuration_hash").asText()).isEqualTo(configuration.hash());
    assertThat(json.path("configuration").path("windows.length").asInt()).isEqualTo(20);
    assertThat(json.path("configuration").path("traces.root").asText())
        .isEqualTo("s3a://bucket/x?token=***");
    assertThat(json.toString()).doesNotContain("hidden");
  }

  @Test
  void aStepRunsAndIsDone() throws Exception {
    Manifest manifest = open(configuration());
    assertThat(manifest.state(StepName.TRAIN)).isEmpty();

    manifest.start(StepName.TRAIN);
    assertThat(manifest.state(StepName.TRAIN)).hasValue(StepState.RUNNING);
    assertThat(json().path("steps").path("train").has("finished_at")).isFalse();

    now = now.plus(Duration.ofMinutes(2));
    manifest.finish(StepName.TRAIN);
    assertThat(manifest.state(StepName.TRAIN)).hasValue(StepState.DONE);
    assertThat(json().path("steps").path("train").path("finished_at").asText())
        .isEqualTo("2026-11-23T04:02:00Z");
    assertThat(json().path("steps").path("train").path("started_at").asText())
        .isEqualTo("2026-11-23T04:00:00Z");
    assertThat(manifest.state(StepName.SCORE)).isEmpty();
  }

  @Test
  void aFailureHasAReasonWithoutSecretsUntilTheStepRunsAgain() throws Exception {
    Manifest manifest = open(configuration());
    manifest.start(StepName.SCORE);

    manifest.fail(StepName.SCORE, "Cannot read s3a://me:hidden@bucket/x");
    assertThat(manifest.state(StepName.SCORE)).hasValue(StepState.FAILED);
    assertThat(json().path("steps").path("score").path("reason").asText())
        .isEqualTo("Cannot read s3a://***@bucket/x");

    manifest.start(StepName.SCORE);
    assertThat(json().path("steps").path("score").has("reason")).isFalse();
    manifest.interrupt(StepName.SCORE);
    assertThat(manifest.state(StepName.SCORE)).hasValue(StepState.INTERRUPTED);
  }

  @Test
  void stepsOfOneRunMayBeApplicationsOfTheirOwn() throws Exception {
    Manifest first = open(configuration("windows.length=5"));
    first.start(StepName.WINDOWS);
    first.finish(StepName.WINDOWS);
    String firstHash = json().path("configuration_hash").asText();

    now = now.plus(Duration.ofHours(1));
    Manifest second = open(configuration("windows.length=5", "training.epochs=2"));
    second.start(StepName.TRAIN);

    assertThat(second.startedAt()).isEqualTo(Instant.parse("2026-11-23T04:00:00Z"));
    assertThat(second.state(StepName.WINDOWS)).hasValue(StepState.DONE);
    assertThat(json().path("steps").path("windows").path("configuration_hash").asText())
        .isEqualTo(firstHash);
    assertThat(json().path("steps").path("train").path("configuration_hash").asText())
        .isNotEqualTo(firstHash);
  }

  @Test
  void saysWhatChangedSinceAStepStarted() throws Exception {
    Manifest manifest = open(configuration());
    manifest.start(StepName.VOCABULARY);
    manifest.finish(StepName.VOCABULARY);
    assertThat(manifest.changedSince(StepName.VOCABULARY)).isEmpty();
    assertThat(open(configuration("run.id=other")).changedSince(StepName.VOCABULARY)).isEmpty();

    assertThat(open(configuration("training.epochs=3")).changedSince(StepName.VOCABULARY))
        .hasValue("configuration");
    assertThat(
            Manifest.open(run, configuration(), "0.2.0", () -> now)
                .changedSince(StepName.VOCABULARY))
        .hasValue("version of the program");
  }

  @Test
  void whatTheStepsReadIsKeptUntilTheRunHasItNoMore() throws Exception {
    Manifest manifest = open(configuration());
    assertThat(manifest.evaluation()).isEmpty();
    Evaluation evaluation =
        new Evaluation(
            "2026-11-23T04:00:00Z",
            java.util.Map.of(
                "attack", new Evaluation.Traces("s3a://me:hidden@bucket/a", 8, "ff"),
                "validation", new Evaluation.Traces("/data/new", 12, "ee")));

    manifest.fingerprint(Split.ATTACK, "aa");
    manifest.acceptedTraces(Split.TRAINING, "bb");
    manifest.acceptedTraces(Split.ATTACK, "cc");
    manifest.profiles(java.util.Map.of(Split.ATTACK, "dd"));
    manifest.evaluation(evaluation);
    manifest.forget(Split.ATTACK);

    Manifest later = open(configuration());
    assertThat(later.fingerprints()).isEmpty();
    assertThat(later.acceptedTraces()).containsOnly(java.util.Map.entry(Split.TRAINING, "bb"));
    assertThat(later.profiles()).containsOnly(java.util.Map.entry(Split.ATTACK, "dd"));
    assertThat(later.evaluation()).hasValue(evaluation);
    assertThat(evaluation.description())
        .isEqualTo(
            "12 validation traces from /data/new and 8 attack traces from s3a://***@bucket/a");
    later.profiles(java.util.Map.of());
    assertThat(later.profiles()).isEmpty();
  }

  @Test
  void fingerprintsOfTheInputAreKept() throws Exception {
    Manifest manifest = open(configuration());
    assertThat(manifest.fingerprints()).isEmpty();

    manifest.fingerprint(Split.TRAINING, "aa");
    manifest.fingerprint(Split.ATTACK, "bb");
    manifest.fingerprint(Split.TRAINING, "cc");

    assertThat(open(configuration()).fingerprints())
        .containsOnly(
            java.util.Map.entry(Split.TRAINING, "cc"), java.util.Map.entry(Split.ATTACK, "bb"));
  }

  @Test
  void fieldsOfALaterVersionStay() throws Exception {
    run.writeAtomically(
        run.manifest(),
        """
        {"later": {"a": 1}, "steps": {"train": {"state": "done", "gpu": true}, "publish": {}}}
        """
            .getBytes(StandardCharsets.UTF_8));

    Manifest manifest = open(configuration());
    manifest.start(StepName.SCORE);

    assertThat(json().path("later").path("a").asInt()).isEqualTo(1);
    assertThat(json().path("steps").path("train").path("gpu").asBoolean()).isTrue();
    assertThat(json().path("steps").has("publish")).isTrue();
    assertThat(manifest.state(StepName.TRAIN)).hasValue(StepState.DONE);
  }

  @Test
  void saysThatAFileIsNoManifest() throws Exception {
    for (String content : List.of("{\"run_id\": ", "[1]", "")) {
      run.writeAtomically(run.manifest(), content.getBytes(StandardCharsets.UTF_8));

      assertThatThrownBy(() -> open(configuration()))
          .isInstanceOf(UnusableInputException.class)
          .hasMessage(
              "Cannot read file:"
                  + folder
                  + "/runs/r1/manifest.json: it is no manifest; delete it, or choose another"
                  + " run.id");
    }
  }

  private Manifest open(Configuration configuration) throws IOException {
    return Manifest.open(run, configuration, "0.1.0", () -> now);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("runs/r1/manifest.json")));
  }

  private static Configuration configuration(String... assignments) throws Exception {
    return new ConfigurationLoader(
            new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()), () -> START)
        .load(Optional.empty(), List.of(assignments));
  }
}
