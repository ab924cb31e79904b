package syscallanomaly.jobs.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import syscallanomaly.trace.UnusableInputException;

/**
 * Names the detector in use, and those that were in use before: the file {@code models/current}.
 *
 * @param formatVersion version of this format, {@value #FORMAT_VERSION}
 * @param detector the detector in use
 * @param action what put it into use: {@code promote} or {@code rollback}
 * @param job run.id of the job that did so
 * @param decidedAt when it did so, such as {@code 2026-11-25T07:00:00Z}
 * @param history the detectors that were in use before and can be again, the latest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CurrentDetector(
    int formatVersion,
    Promoted detector,
    String action,
    String job,
    String decidedAt,
    List<Promoted> history) {
  /** The version of the format that this program writes and reads. */
  public static final int FORMAT_VERSION = 1;

  private static final Pattern FOLDER =
      Pattern.compile(ModelsFolder.NAME + "/[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * A detector that was promoted.
   *
   * @param folder folder of its copy, relative to the workspace, so that a workspace can be moved
   * @param run name of the run that fitted it
   * @param hash SHA-256 of its {@code detector.json}, hexadecimal
   * @param promotedAt when it was promoted
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Promoted(String folder, String run, String hash, String promotedAt) {
    private boolean isWhole() {
      return folder != null && FOLDER.matcher(folder).matches() && run != null && hash != null;
    }
  }

  /**
   * What names a newly promoted detector.
   *
   * @param promoted the detector
   * @param before what named the detector in use before; empty for the first
   * @param keep number of detectors to name, with this one, at least 1
   */
  static CurrentDetector promoting(Promoted promoted, Optional<CurrentDetector> before, int keep) {
    List<Promoted> history = new ArrayList<>();
    before.ifPresent(
        former ->
            Stream.concat(Stream.of(former.detector), former.history.stream())
                .filter(entry -> !entry.folder().equals(promoted.folder()))
                .limit(keep - 1L)
                .forEach(history::add));
    return new CurrentDetector(
        FORMAT_VERSION,
        promoted,
        "promote",
        promoted.run(),
        promoted.promotedAt(),
        List.copyOf(history));
  }

  /**
   * What names the detector before the one in use, which is no longer named.
   *
   * @param by run.id of the job that goes back
   * @param at when it does so
   */
  CurrentDetector rolledBack(String by, String at) {
    return new CurrentDetector(
        FORMAT_VERSION,
        history.get(0),
        "rollback",
        by,
        at,
        List.copyOf(history.subList(1, history.size())));
  }

  /** Whether a folder holds a detector that is in use, or that can be again. */
  boolean names(String folder) {
    return Stream.concat(Stream.of(detector), history.stream())
        .anyMatch(entry -> entry.folder().equals(folder));
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the detector in use as JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param location the file's place, for error messages
   * @throws UnusableInputException if it is no such file, or one of another format version
   */
  static CurrentDetector fromJson(byte[] json, String location) {
    try {
      JsonNode root = JSON.readTree(json);
      JsonNode version = root.path("formatVersion");
      if (version.isInt() && version.intValue() != FORMAT_VERSION) {
        throw new UnusableInputException(
            "Cannot tell which detector is in use: %s has format version %d, and this program reads version %d; use the program that wrote it, or delete the file and promote a run again"
                .formatted(location, version.intValue(), FORMAT_VERSION));
      }
      CurrentDetector read = JSON.treeToValue(root, CurrentDetector.class);
      if (version.isInt() && read.isWhole()) {
        return read;
      }
      throw damaged(location, null);
    } catch (IOException e) {
      throw damaged(location, e);
    }
  }

  private boolean isWhole() {
    return detector != null
        && detector.isWhole()
        && history != null
        && history.stream().allMatch(entry -> entry != null && entry.isWhole());
  }

  private static UnusableInputException damaged(String location, Throwable cause) {
    return new UnusableInputException(
        "Cannot tell which detector is in use: %s is damaged; delete the file and promote a run again"
            .formatted(location),
        cause);
  }
}
