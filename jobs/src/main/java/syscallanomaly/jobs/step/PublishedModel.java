package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.model.ModelReader;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * The trained model in a run's folder. {@code model.json} publishes it: the file names the model's
 * own file, whose name is another one for every model. A program that is killed at any time leaves
 * the former model or the new one.
 */
final class PublishedModel {
  static final String TRAIN_AGAIN = "run the train step again";

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

  /**
   * Reads the manifest of the model.
   *
   * @throws UnusableInputException if there is none, or if it is damaged
   */
  static ModelManifest manifest(StepOutput output, RunFolder folder) throws IOException {
    byte[] json = output.require(folder.modelManifest(), StepName.TRAIN);
    return Advice.adding(
        TRAIN_AGAIN, () -> ModelManifest.fromJson(new String(json, StandardCharsets.UTF_8)));
  }

  /**
   * Reads the model.
   *
   * @param vocabulary vocabulary of the run
   * @param windowLength number of calls in a window of the run; 0 if its model reads whole traces
   * @throws UnusableInputException if it is missing or not the one of its manifest
   */
  static LanguageModel read(
      StepOutput output,
      RunFolder folder,
      ModelManifest manifest,
      Vocabulary vocabulary,
      int windowLength)
      throws IOException {
    Path file = folder.model(manifest.file());
    byte[] bytes = output.require(file, StepName.TRAIN);
    return Advice.adding(
        TRAIN_AGAIN,
        () -> ModelReader.read(bytes, manifest, vocabulary, windowLength, file.toString()));
  }
}
