package syscallanomaly.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import syscallanomaly.trace.UnusableInputException;

/**
 * Names the file of a model and says where the model comes from. It is the file model.json beside
 * the model. It is written after the model, so that it always names a whole one.
 *
 * @param file name of the model's file, which is a plain DL4J model; see {@link #fileOf}. It is
 *     {@value #FORMER_FILE} if the JSON names none, as that of former versions
 * @param sha256 SHA-256 of that file, hexadecimal
 * @param vocabularyHash {@link syscallanomaly.vocabulary.Vocabulary#hash()} of the vocabulary that
 *     the model was trained with
 * @param windowLength number of calls in a window, including the predicted one; 0 if the model
 *     reads whole traces
 * @param parameters number of parameters that training sets
 * @param layers the network's layers, first to last
 * @param epoch the epoch whose parameters the model has, from 1
 * @param heldOutLoss loss on the held-out sequences after that epoch, in nats for each prediction
 * @param seed the run's seed
 * @param inputFingerprint what identifies the accepted training traces: {@link
 *     syscallanomaly.trace.TraceSet#contentFingerprint()}
 * @param configuration every key of the run that trained the model, with secrets masked
 * @param versions versions of this program and of the libraries that trained the model, by name
 * @param start the model whose parameters the training started from; null if the seed drew them
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelManifest(
    String file,
    String sha256,
    String vocabularyHash,
    int windowLength,
    long parameters,
    List<LayerSummary> layers,
    int epoch,
    double heldOutLoss,
    long seed,
    String inputFingerprint,
    Map<String, Object> configuration,
    Map<String, String> versions,
    Start start) {
  private static final String FORMER_FILE = "model.zip";
  private static final Pattern FILE = Pattern.compile("model(-[0-9a-f]{12})?\\.zip");
  private static final int DIGITS = 12;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * The model that a training started from.
   *
   * @param run name of the run that trained it
   * @param detectorHash SHA-256 of the {@code detector.json} of its detector, hexadecimal
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Start(String run, String detectorHash) {}

  public ModelManifest {
    file = file == null ? FORMER_FILE : file;
  }

  /**
   * The file name of a model: {@code model-}, the first {@value #DIGITS} digits of its hash, {@code
   * .zip}.
   *
   * @param sha256 SHA-256 of the file, hexadecimal
   */
  public static String fileOf(String sha256) {
    return "model-" + sha256.substring(0, DIGITS) + ".zip";
  }

  /** Whether a file has a name that a model's file can have. */
  public static boolean isModelFile(String name) {
    return FILE.matcher(name).matches();
  }

  /**
   * Returns a manifest of the same model in another file.
   *
   * @param otherFile name of the file
   * @param otherSha256 SHA-256 of the file, hexadecimal
   */
  public ModelManifest of(String otherFile, String otherSha256) {
    return new ModelManifest(
        otherFile,
        otherSha256,
        vocabularyHash,
        windowLength,
        parameters,
        layers,
        epoch,
        heldOutLoss,
        seed,
        inputFingerprint,
        configuration,
        versions,
        start);
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the model's manifest as JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws UnusableInputException if the text is no such manifest
   */
  public static ModelManifest fromJson(String json) {
    ModelManifest manifest;
    try {
      manifest = JSON.readValue(json, ModelManifest.class);
    } catch (JsonProcessingException e) {
      throw new UnusableInputException("Cannot read the model: its model.json is damaged", e);
    }
    if (!isModelFile(manifest.file())) {
      throw new UnusableInputException(
          "Cannot read the model: its model.json names the file '%s', which is no model's"
              .formatted(manifest.file()));
    }
    return manifest;
  }
}
