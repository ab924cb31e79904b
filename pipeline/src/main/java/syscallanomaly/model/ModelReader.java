package syscallanomaly.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;

/** Reads a saved model after checking that it is the one that its manifest describes. */
public final class ModelReader {
  private static final String CONFIGURATION = "configuration.json";

  /**
   * The entries of a DL4J model file without updater state. Any other entry might be code in
   * disguise.
   */
  private static final Set<String> EXPECTED_ENTRIES = Set.of(CONFIGURATION, "coefficients.bin");

  /** The packages of DL4J's own layers, activations and updaters. */
  private static final List<String> EXPECTED_PACKAGES =
      List.of("org.deeplearning4j.nn.", "org.nd4j.linalg.");

  /** Largest configuration, in bytes. That of ten layers has a hundredth of it. */
  private static final int LARGEST_CONFIGURATION = 1 << 20;

  /** Room in bytes for what stands before the parameters in their entry. */
  private static final int HEADER = 1 << 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelReader() {}

  /**
   * Reads the model from a file's bytes.
   *
   * @param windowLength number of calls in a window of this run; 0 if its model reads whole traces
   * @param location path of the file, for error messages
   * @throws UnusableInputException if the file is not the one of the manifest, or if it was made
   *     for another vocabulary or window length
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
    requirePlainModel(model, manifest.parameters(), location);
    LanguageModel read = LanguageModel.fromBytes(model);
    if (read.symbols() != vocabulary.size()) {
      throw new UnusableInputException(
          "Cannot use the model %s: it tells %d calls apart, the vocabulary %d"
              .formatted(location, read.symbols(), vocabulary.size()));
    }
    return read;
  }

  /**
   * Rejects a file that could make DL4J run foreign code. DL4J hands some entries of a file to Java
   * deserialisation, and it creates an object of every class that the configuration names. A
   * language model has none of those entries and names only classes of DL4J. It also rejects
   * entries that unpack to more than the manifest allows, before DL4J unpacks them into memory.
   */
  private static void requirePlainModel(byte[] model, long parameters, String location) {
    long largest = HEADER + Float.BYTES * Math.min(parameters, NetworkSettings.MOST_PARAMETERS);
    Set<String> found = new HashSet<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(model))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!EXPECTED_ENTRIES.contains(entry.getName())) {
          throw new UnusableInputException(
              "Cannot use the model %s: it holds '%s', which no model of this program has"
                  .formatted(location, entry.getName()));
        }
        if (!found.add(entry.getName())) {
          throw new UnusableInputException(
              "Cannot use the model %s: it holds '%s' twice".formatted(location, entry.getName()));
        }
        if (entry.getName().equals(CONFIGURATION)) {
          byte[] configuration = zip.readNBytes(LARGEST_CONFIGURATION);
          requireEnd(zip, entry, LARGEST_CONFIGURATION, location);
          requireOwnClasses(configuration, location);
        } else {
          skip(zip, largest);
          requireEnd(zip, entry, largest, location);
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

  /** Skips this many bytes of an entry, or all that it has. */
  private static void skip(ZipInputStream zip, long bytes) throws IOException {
    long left = bytes;
    for (long skipped = zip.skip(left); skipped > 0; skipped = zip.skip(left)) {
      left -= skipped;
    }
  }

  private static void requireEnd(ZipInputStream zip, ZipEntry entry, long largest, String location)
      throws IOException {
    if (zip.read() >= 0) {
      throw new UnusableInputException(
          "Cannot use the model %s: its '%s' unpacks to more than %d bytes"
              .formatted(location, entry.getName(), largest));
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
