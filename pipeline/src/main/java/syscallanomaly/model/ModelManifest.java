package syscallanomaly.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;
import syscallanomaly.trace.UnusableInputException;

/**
 * Where a model comes from; stands beside it as model.json.
 *
 * @param sha256 of model.zip, hexadecimal
 * @param vocabularyHash {@link syscallanomaly.vocabulary.Vocabulary#hash()} of what it was trained
 *     with
 * @param windowLength calls in a window, the predicted one included; 0: it reads whole traces
 * @param parameters number of trained numbers
 * @param layers the network's layers, first to last
 * @param epoch the epoch whose parameters it has, from 1
 * @param heldOutLoss of that epoch, nats a call
 * @param seed of the run
 * @param inputFingerprint of the training traces
 * @param configuration of the run that trained it, every key, secrets masked
 * @param versions of this program and the libraries that trained it, by name
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
   * @throws UnusableInputException where it is something else
   */
  public static ModelManifest fromJson(String json) {
    try {
      return JSON.readValue(json, ModelManifest.class);
    } catch (JsonProcessingException e) {
      throw new UnusableInputException("Cannot read the model: its model.json is damaged", e);
    }
  }
}
