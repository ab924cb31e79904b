package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.model.ModelManifest;

/**
 * The trained model in a run's folder. {@code model.json} publishes it: the file names the model's
 * own file, whose name is another one for every model. A program that is killed at any time leaves
 * the former model or the new one.
 */
final class PublishedModel {
  private final RunFolder folder;

  PublishedModel(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * Replaces the model. Writes the file of the new model, then the manifest, and then deletes what
   * the manifest does not name.
   *
   * @param model bytes of the model's file
   * @param manifest names the file
   */
  void replace(byte[] model, ModelManifest manifest) throws IOException {
    folder.writeAtomically(folder.model(manifest.file()), model);
    folder.writeAtomically(
        folder.modelManifest(), manifest.toJson().getBytes(StandardCharsets.UTF_8));
    for (Path file : folder.workspace().files(folder.root())) {
      String name = file.getName();
      if (ModelManifest.isModelFile(name) && !name.equals(manifest.file())) {
        folder.delete(file);
      }
    }
  }
}
