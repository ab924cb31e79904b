package syscallanomaly.jobs.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.configuration.ConfigurationFiles;
import syscallanomaly.jobs.configuration.ConfigurationLoader;
import syscallanomaly.jobs.progress.Progress;
import syscallanomaly.jobs.provenance.Provenance;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.state.EpochInProgress;
import syscallanomaly.train.state.NetworkState;
import syscallanomaly.train.state.TrainingState;

class CheckpointsTest {
  private static final Provenance SETTINGS = settings("7");

  @TempDir Path workspace;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private RunFolder folder;

  @BeforeEach
  void openRun() throws Exception {
    folder =
        Workspace.open(workspace.toString(), new org.apache.hadoop.conf.Configuration()).run("r1");
  }

  @Test
  void theLastTwoPointsAreKept() throws Exception {
    Checkpoints checkpoints = checkpoints(SETTINGS);
    folder.writeAtomically(CheckpointFile.ofModel(folder.checkpoints(), 1).path(), new byte[] {1});
    checkpoints.keep(state(0, 5));
    checkpoints.keep(state(0, 9));
    checkpoints.keep(state(1, 0));
    assertThat(files())
        .containsExactly("epoch-0001-round-000009.state", "epoch-0001.state", "epoch-0001.zip");

    checkpoints.keep(state(1, 10));
    assertThat(files())
        .containsExactly("epoch-0001.state", "epoch-0001.zip", "epoch-0002-round-000010.state");
    assertThat(checkpoints(SETTINGS).latest().orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(state(1, 10));
    assertThat(said()).isEqualTo("train: goes on from epoch-0002-round-000010.state\n");

    checkpoints.trainingIsOver();
    assertThat(files()).containsExactly("epoch-0001.zip");
  }

  @Test
  void nothingIsKeptOfATrainingThatCameToNothing() throws Exception {
    Checkpoints checkpoints = checkpoints(SETTINGS);
    folder.writeAtomically(CheckpointFile.ofModel(folder.checkpoints(), 1).path(), new byte[] {1});
    checkpoints.keep(state(1, 0));

    checkpoints.deleteAll();

    assertThat(files()).isEmpty();
    assertThat(checkpoints(SETTINGS).latest()).isEmpty();
  }

  @Test
  void aPointThatWasCutShortGivesWayToTheOneBefore() throws Exception {
    Checkpoints checkpoints = checkpoints(SETTINGS);
    checkpoints.keep(state(1, 0));
    folder.writeAtomically(CheckpointFile.ofModel(folder.checkpoints(), 2).path(), new byte[] {1});
    checkpoints.keep(state(2, 0));
    cutShort("epoch-0002.state");

    assertThat(checkpoints(SETTINGS).latest().orElseThrow().epochs()).hasSize(1);
    assertThat(said().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "Cannot go on from file:"
                + workspace
                + "/runs/r1/checkpoints/epoch-0002.state: it is damaged: ");
    assertThat(said()).endsWith("\ntrain: goes on from epoch-0001.state\n");
    assertThat(files())
        .as("nothing of an epoch that comes again")
        .containsExactly("epoch-0001.state");
  }

  @Test
  void trainingBeginsAnewWhereAllAreDamaged() throws Exception {
    Checkpoints checkpoints = checkpoints(SETTINGS);
    checkpoints.keep(state(0, 5));
    checkpoints.keep(state(1, 0));
    cutShort("epoch-0001-round-000005.state");
    cutShort("epoch-0001.state");

    assertThat(checkpoints(SETTINGS).latest()).isEmpty();

    assertThat(said().lines())
        .hasSize(3)
        .last()
        .isEqualTo("train: no checkpoint can be used; training starts from the beginning");
    assertThat(files()).isEmpty();
  }

  @Test
  void aPointOfAnotherTrainingIsNotUsed() throws Exception {
    checkpoints(SETTINGS).keep(state(1, 0));

    assertThat(checkpoints(settings("8")).latest()).isEmpty();

    assertThat(said())
        .isEqualTo(
            """
            Cannot go on from file:%s/runs/r1/checkpoints/epoch-0001.state: it was made with run.seed = 7, and it is 8 now
            train: no checkpoint can be used; training starts from the beginning
            """
                .formatted(workspace));
  }

  @Test
  void thereIsNothingToSayBeforeTheFirstTraining() throws Exception {
    assertThat(checkpoints(SETTINGS).latest()).isEmpty();
    assertThat(said()).isEmpty();
  }

  @Test
  void theIntervalDecidesWhenAPointIsDue() throws Exception {
    assertThat(checkpoints(SETTINGS, "training.checkpoint-minutes=0").isDue()).isFalse();
    assertThat(checkpoints(SETTINGS, "training.checkpoint-minutes=1000").isDue()).isFalse();
    assertThat(checkpoints(SETTINGS, "training.checkpoint-minutes=1e-9").isDue()).isTrue();
  }

  private void cutShort(String name) throws Exception {
    Path file = workspace.resolve("runs/r1/checkpoints").resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  private List<String> files() throws Exception {
    Path checkpoints = workspace.resolve("runs/r1/checkpoints");
    if (!Files.exists(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private Checkpoints checkpoints(Provenance settings, String... assignments) throws Exception {
    Configuration configuration =
        new ConfigurationLoader(
                new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
                InstantSource.system())
            .load(Optional.empty(), List.of(assignments));
    Progress progress =
        new Progress(
            new PrintStream(said, true, StandardCharsets.UTF_8), 0, InstantSource.system());
    return new Checkpoints(
        new JobContext(null, configuration, folder, null, progress, null, 2, null), settings);
  }

  private static Provenance settings(String seed) {
    return new Provenance(new TreeMap<>(Map.of("run.seed", seed, "workers", "2")));
  }

  private static TrainingState state(int epochs, int rounds) {
    return new TrainingState(
        Collections.nCopies(epochs, new EpochResult(1, 2, 0.5, 2, 0.5, 1, 1, 9, false)),
        Collections.nCopies(epochs, TimeBreakdown.NONE),
        new byte[4],
        new NetworkState(new byte[4], new byte[4], 3),
        new EpochInProgress(
            rounds, new PredictionTotals(1, 1, 1), TimeBreakdown.NONE, 2, 0, new byte[0]));
  }
}
