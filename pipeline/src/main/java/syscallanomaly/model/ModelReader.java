package syscallanomaly.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;

/** Reads a saved model, after checking that it is the one that its manifest tells of. */
public final class ModelReader {
  private static final String CONFIGURATION = "configuration.json";

  /** What a DL4J model file of parameters alone holds; anything else might be code in disguise. */
  private static final Set<String> EXPECTED_ENTRIES = Set.of(CONFIGURATION, "coefficients.bin");

  /** Where the classes of DL4J's own layers, activations and updaters lie. */
  private static final List<String> EXPECTED_PACKAGES =
      List.of("org.deeplearning4j.nn.", "org.nd4j.linalg.");

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelReader() {}

  /**
   * The model in a file's bytes.
   *
   * @param windowLength calls in a window of this run; 0 where it reads whole traces
   * @param location names the file in errors
   * @throws UnusableInputException where the file is not the one of the manifest, or was made for
   *     another vocabulary or other windows
   */
  public static LanguageModel read(
      byte[] model,
      ModelManifest manifest,
      Vocabulary vocabulary,
      int windowLength,
      String location) {
    String sha256 = DigestUtils.sha256Hex(model);
    if (!sha256.equals(manifest.sha256())) {
      throw new UnusableInputException(
          "Cannot use the model %s: it is damaged (SHA-256 %s, its model.json says %s)"
              .formatted(location, brief(sha256), brief(manifest.sha256())));
    }
    if (!vocabulary.hash().equals(manifest.vocabularyHash())) {
      throw new UnusableInputException(
          "Cannot use the model %s: it was trained with another vocabulary (%s, this run's is %s)"
              .formatted(location, brief(manifest.vocabularyHash()), brief(vocabulary.hash())));
    }
    if (windowLength != manifest.windowLength()) {
      throw new UnusableInputException(
          "Cannot use the model %s: it was trained on %s, and this run has %s"
              .formatted(location, unit(manifest.windowLength()), unit(windowLength)));
    }
    requirePlainModel(model, location);
    LanguageModel read = LanguageModel.fromBytes(model);
    if (read.symbols() != vocabulary.size()) {
      throw new UnusableInputException(
          "Cannot use the model %s: it tells %d calls apart, the vocabulary %d"
              .formatted(location, read.symbols(), vocabulary.size()));
    }
    return read;
  }

  /**
   * DL4J would hand some entries to Java deserialisation, and makes an object of whatever class the
   * configuration names; a language model has no such entry and no class but DL4J's own.
   */
  private static void requirePlainModel(byte[] model, String location) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(model))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!EXPECTED_ENTRIES.contains(entry.getName())) {
          throw new UnusableInputException(
              "Cannot use the model %s: it holds '%s', which no model of this program has"
                  .formatted(location, entry.getName()));
        }
        if (entry.getName().equals(CONFIGURATION)) {
          requireOwnClasses(zip.readAllBytes(), location);
        }
      }
    } catch (JsonProcessingException e) {
      throw new UnusableInputException(
          "Cannot use the model %s: its %s is no JSON (%s)"
              .formatted(location, CONFIGURATION, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UnusableInputException(
          "Cannot use the model %s: it is no .zip file (%s)".formatted(location, e.getMessage()),
          e);
    }
  }

  private static void requireOwnClasses(byte[] configuration, String location) throws IOException {
    for (String name : JSON.readTree(configuration).findValuesAsText("@class")) {
      if (EXPECTED_PACKAGES.stream().noneMatch(name::startsWith)) {
        throw new UnusableInputException(
            "Cannot use the model %s: its configuration names the class %s, which is none of DL4J's"
                .formatted(location, name));
      }
    }
  }

  private static String unit(int windowLength) {
    return windowLength == 0 ? "whole traces" : "windows of " + windowLength + " calls";
  }

  private static String brief(String hash) {
    return hash == null ? "none" : hash.substring(0, Math.min(8, hash.length()));
  }
}
