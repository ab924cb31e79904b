package syscallanomaly.jobs.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.model.ModelManifest;

class PublishedModelTest {
  private static final byte[] FORMER = {1, 2};
  private static final byte[] NEW = {3, 4, 5};

  @TempDir Path workspace;
  private RunFolder folder;
  private Path run;

  @BeforeEach
  void openRun() throws Exception {
    folder = Workspace.open(workspace.toString(), new Configuration()).run("r");
    run = workspace.resolve("runs/r");
  }

  private static ModelManifest manifest(byte[] model, Map<String, Object> configuration) {
    String sha256 = DigestUtils.sha256Hex(model);
    return new ModelManifest(
        ModelManifest.fileOf(sha256),
        sha256,
        "vocabulary",
        20,
        7,
        List.of(),
        1,
        2.5,
        1,
        "input",
        configuration,
        Map.of(),
        null);
  }

  private byte[] published() throws Exception {
    String json =
        new String(folder.read(folder.modelManifest()).orElseThrow(), StandardCharsets.UTF_8);
    return folder.read(folder.model(ModelManifest.fromJson(json).file())).orElseThrow();
  }

  @Test
  void aReplacedModelIsDeleted() throws Exception {
    PublishedModel model = new PublishedModel(folder);
    Files.createDirectories(run);
    Files.write(run.resolve("model.zip"), FORMER);
    model.replace(FORMER, manifest(FORMER, Map.of()));
    model.replace(NEW, manifest(NEW, Map.of()));

    assertThat(published()).isEqualTo(NEW);
    assertThat(workspace.resolve("runs/r"))
        .isDirectoryNotContaining("glob:**/model.zip")
        .isDirectoryNotContaining("glob:**/" + ModelManifest.fileOf(DigestUtils.sha256Hex(FORMER)));
  }

  /** The manifest cannot be written, because it holds an object that is nothing in JSON. */
  @Test
  void aReplacementThatEndsHalfWayLeavesTheFormerModel() throws Exception {
    PublishedModel model = new PublishedModel(folder);
    model.replace(FORMER, manifest(FORMER, Map.of()));
    ModelManifest unwritable = manifest(NEW, Map.of("key", new Object()));

    assertThatThrownBy(() -> model.replace(NEW, unwritable))
        .isInstanceOf(IllegalStateException.class);
    assertThat(run.resolve(ModelManifest.fileOf(DigestUtils.sha256Hex(NEW))))
        .as("what a program wrote before it was killed")
        .exists();
    assertThat(published()).isEqualTo(FORMER);

    model.replace(NEW, manifest(NEW, Map.of()));
    assertThat(published()).isEqualTo(NEW);
  }
}
