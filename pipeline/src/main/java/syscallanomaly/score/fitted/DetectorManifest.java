package syscallanomaly.score.fitted;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import syscallanomaly.score.InputProfile;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.trace.UnusableInputException;

/**
 * Says what a fitted detector consists of and where it comes from: the file {@code detector.json}.
 * It is written last and names every other file, so it always names whole ones.
 *
 * @param formatVersion version of this format, {@value #FORMAT_VERSION}
 * @param folder name of the folder beside this file that holds all other files
 * @param detectors names of the detectors, in the order in which reports show them
 * @param families names of the families of detectors, each with a folder of its name
 * @param ensembles the detectors that combine others
 * @param vocabularyHash {@link syscallanomaly.vocabulary.Vocabulary#hash()} of the vocabulary
 * @param callTable table of system-call names
 * @param run name of the run that fitted the detector
 * @param fittedAt when it was fitted, such as {@code 2026-11-25T07:00:00Z}
 * @param seed seed of that run
 * @param trainingTraces what identifies the training traces: {@link
 *     syscallanomaly.trace.TraceSet#contentFingerprint()}
 * @param normalTraces number of training traces, with all copies
 * @param input the training traces in numbers; null if an earlier release fitted the detector
 * @param calibration how each detector was calibrated, by name
 * @param configuration every key of the run that fitted the detector, with secrets masked
 * @param versions versions of this program and of the libraries that fitted the detector, by name
 * @param files every other file
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DetectorManifest(
    int formatVersion,
    String folder,
    List<String> detectors,
    List<String> families,
    List<Ensemble> ensembles,
    String vocabularyHash,
    String callTable,
    String run,
    String fittedAt,
    long seed,
    String trainingTraces,
    long normalTraces,
    InputProfile input,
    Map<String, CalibrationSummary> calibration,
    Map<String, Object> configuration,
    Map<String, String> versions,
    List<StoredFile> files) {
  /** Name of the file. */
  public static final String FILE = "detector.json";

  /** The version of the format that this program writes and reads. */
  public static final int FORMAT_VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * How a detector was calibrated.
   *
   * @param traces number of normal traces, each scored by a detector that did not see it
   * @param lowest their lowest score; null if there are none
   * @param median their median score; null if there are none
   * @param highest their highest score; null if there are none
   */
  public record CalibrationSummary(long traces, Double lowest, Double median, Double highest) {}

  /** The training traces in numbers; empty if an earlier release fitted the detector. */
  public Optional<InputProfile> inputProfile() {
    return Optional.ofNullable(input);
  }

  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the detector's manifest as JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param location the file's place, for error messages
   * @throws UnusableInputException if it is no such file, or one of another format version
   */
  public static DetectorManifest fromJson(byte[] json, String location) {
    try {
      JsonNode root = JSON.readTree(json);
      JsonNode version = root.path("formatVersion");
      if (!version.isInt()) {
        throw damaged(location, null);
      }
      if (version.intValue() != FORMAT_VERSION) {
        throw new UnusableInputException(
            "Cannot use the detector %s: it has format version %d, and this program reads version %d; use the program that fitted it (%s), or fit it again"
                .formatted(
                    location,
                    version.intValue(),
                    FORMAT_VERSION,
                    root.path("versions").path("syscall-anomaly").asText("version unknown")));
      }
      DetectorManifest manifest = JSON.treeToValue(root, DetectorManifest.class);
      if (!manifest.isWhole()) {
        throw damaged(location, null);
      }
      return manifest;
    } catch (IOException e) {
      throw damaged(location, e);
    }
  }

  private boolean isWhole() {
    return folder != null
        && !folder.isEmpty()
        && !folder.contains("/")
        && !folder.startsWith(".")
        && detectors != null
        && families != null
        && ensembles != null
        && vocabularyHash != null
        && files != null;
  }

  private static UnusableInputException damaged(String location, Throwable cause) {
    return new UnusableInputException(
        "Cannot use the detector %s: the file is damaged; copy the whole folder again, or run the fit step again"
            .formatted(location),
        cause);
  }
}
