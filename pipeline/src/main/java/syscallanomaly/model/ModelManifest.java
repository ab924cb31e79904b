package syscallanomaly.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;
import syscallanomaly.trace.UnusableInputException;

/**
 * Says where a model comes from. It is the file model.json beside the model.
 *
 * @param sha256 SHA-256 of model.zip, hexadecimal
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
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelManifest(
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
    Map<String, String> versions) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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
    try {
      return JSON.readValue(json, ModelManifest.class);
    } catch (JsonProcessingException e) {
      throw new UnusableInputException("Cannot read the model: its model.json is damaged", e);
    }
  }
}
