package syscallanomaly.score.fitted;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.score.FamilyFiles;
import syscallanomaly.score.lstm.LstmFamily;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * The folder of a fitted detector as files: it is checked, copied, and read in part. {@link
 * FittedDetector} loads all of it, to judge traces.
 */
public final class DetectorFolder {
  private final SparkSession spark;
  private final Path root;

  /**
   * @param root folder that holds {@code detector.json}
   * @throws IOException if its file system cannot be reached
   */
  public DetectorFolder(SparkSession spark, Path root) throws IOException {
    this.spark = spark;
    this.root = root.getFileSystem(spark.sparkContext().hadoopConfiguration()).makeQualified(root);
  }

  /**
   * The language model of a fitted detector.
   *
   * @param model the trained model
   * @param manifest where the model comes from
   * @param vocabulary vocabulary that it was trained with
   * @param detector the detector that it belongs to
   */
  public record StoredModel(
      LanguageModel model,
      ModelManifest manifest,
      Vocabulary vocabulary,
      DetectorManifest detector) {}

  /** The folder, as an absolute URI. */
  public Path root() {
    return root;
  }

  /**
   * Reads the bytes of {@code detector.json}.
   *
   * @throws UnusableInputException if there is no such file
   */
  public byte[] json() throws IOException {
    Path file = new Path(root, DetectorManifest.FILE);
    try (InputStream in =
        file.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new UnusableInputException(
          "Cannot use the detector %s: the folder has no %s; run the fit step first, or name another folder"
              .formatted(root, DetectorManifest.FILE),
          e);
    }
  }

  /**
   * Reads {@code detector.json}.
   *
   * @throws UnusableInputException if there is none, if it is damaged, or if it has another format
   *     version
   */
  public DetectorManifest manifest() throws IOException {
    return DetectorManifest.fromJson(json(), new Path(root, DetectorManifest.FILE).toString());
  }

  /**
   * Checks that every file is the one that was written. The workers read all files.
   *
   * @return what the detector consists of
   * @throws UnusableInputException if a file is missing or was changed; the message names it
   */
  public DetectorManifest verify() throws IOException {
    DetectorManifest manifest = manifest();
    new StoredFiles(spark, root).verify(manifest.folder(), manifest.files());
    return manifest;
  }

  /**
   * Copies every file but {@code detector.json}, whose content the caller writes last, to publish
   * the copy. The workers copy, several files at a time, and check each as they read it.
   *
   * @param target folder of the copy; files there are replaced
   * @throws UnusableInputException if a file is missing or was changed; the message names it
   */
  public void copyFilesTo(Path target) throws IOException {
    new StoredFiles(spark, root).copyTo(target, manifest().files());
  }

  /**
   * Reads the language model alone.
   *
   * @throws UnusableInputException if the detector has none, or if a file was changed
   */
  public StoredModel languageModel() throws IOException {
    DetectorManifest manifest = manifest();
    if (!manifest.families().contains(LstmFamily.NAME)) {
      throw new UnusableInputException(
          "Cannot use the detector %s: it has no language model; name one that was fitted with the detector lstm"
              .formatted(root));
    }
    String below = manifest.folder() + "/";
    List<StoredFile> needed =
        manifest.files().stream()
            .filter(
                file ->
                    file.path().equals(below + DetectorFitting.VOCABULARY)
                        || file.path().startsWith(below + LstmFamily.NAME + "/"))
            .toList();
    new StoredFiles(spark, root).verify(manifest.folder(), needed);
    Path folder = new Path(root, manifest.folder());
    Vocabulary vocabulary =
        Vocabulary.fromJson(
            new String(new FamilyFiles(spark, folder).read(DetectorFitting.VOCABULARY), UTF_8));
    return LstmFamily.read(
        spark,
        new Path(folder, LstmFamily.NAME),
        vocabulary,
        (model, ofModel) -> new StoredModel(model, ofModel, vocabulary, manifest));
  }
}
