package syscallanomaly.vocabulary;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;
import syscallanomaly.trace.UnusableInputException;

/**
 * Maps system-call numbers to the indices 0 to {@link #size()} - 1 that the network sees, and back.
 *
 * <p>Index 0 pads the windows of short traces, stands before the first call of a trace, and stands
 * for every call that the vocabulary does not hold. In {@code observed} mode these are the calls
 * that the training traces do not hold. In {@code fixed} mode these are the calls beyond the fixed
 * size, and the call 0 unless the training traces hold it. If they do, the call 0 has the last
 * index.
 */
public final class Vocabulary implements Serializable {
  /** The index of padding, and of every call that the vocabulary does not hold. */
  public static final int UNKNOWN = 0;

  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final VocabularySettings.Mode mode;

  /**
   * The call of each index from 1 on, in ascending order; in {@code fixed} mode the call 0 may
   * follow. Index 0 has no entry.
   */
  private final int[] calls;

  private Vocabulary(VocabularySettings.Mode mode, int[] calls) {
    this.mode = mode;
    this.calls = calls;
  }

  /**
   * Makes a vocabulary whose indices are the call numbers 1 to {@code size} - 1. The call 0 is
   * unknown.
   *
   * @param size number of indices, at least 2
   */
  public static Vocabulary fixed(int size) {
    int[] calls = new int[size - 1];
    Arrays.setAll(calls, i -> i + 1);
    return new Vocabulary(VocabularySettings.Mode.FIXED, calls);
  }

  /**
   * Makes a vocabulary whose indices are the call numbers 1 to {@code size} - 1. The call 0 has the
   * index {@code size}, because index 0 has another meaning. So there is one index more.
   *
   * @param size number of indices without that of the call 0, at least 2
   */
  public static Vocabulary fixedWithCallZero(int size) {
    int[] calls = Arrays.copyOf(fixed(size).calls, size);
    calls[size - 1] = 0;
    return new Vocabulary(VocabularySettings.Mode.FIXED, calls);
  }

  /**
   * Makes a vocabulary of the given calls, which get the indices from 1 on in ascending order.
   * Index 0 is for unknown calls.
   */
  public static Vocabulary observed(int[] calls) {
    int[] sorted = Arrays.stream(calls).sorted().distinct().toArray();
    return new Vocabulary(VocabularySettings.Mode.OBSERVED, sorted);
  }

  /** Number of indices, index 0 included. */
  public int size() {
    return calls.length + 1;
  }

  /** The index of a call, or {@link #UNKNOWN} if the vocabulary does not hold the call. */
  public int indexOf(int call) {
    if (mode == VocabularySettings.Mode.FIXED) {
      if (call == 0) {
        return holdsCallZero() ? calls.length : UNKNOWN;
      }
      return call < (holdsCallZero() ? calls.length : size()) ? call : UNKNOWN;
    }
    int found = Arrays.binarySearch(calls, call);
    return found < 0 ? UNKNOWN : found + 1;
  }

  /**
   * The call that has an index.
   *
   * @param index index from 1 to {@link #size()} - 1; {@link #UNKNOWN} stands for no single call
   */
  public int callAt(int index) {
    return calls[index - 1];
  }

  /** Says whether a call has an index of its own. */
  public boolean holds(int call) {
    return indexOf(call) != UNKNOWN;
  }

  private boolean holdsCallZero() {
    return calls.length > 0 && calls[calls.length - 1] == 0;
  }

  /** SHA-256, in hexadecimal, of the mode and the calls. Equal vocabularies have equal hashes. */
  public String hash() {
    return DigestUtils.sha256Hex(mode + Arrays.toString(calls));
  }

  /** Writes this vocabulary as JSON, which {@link #fromJson} reads. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(new Content(mode, size(), calls));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the vocabulary as JSON", e);
    }
  }

  /**
   * Reads a vocabulary that {@link #toJson} wrote.
   *
   * @throws UnusableInputException if the text is no such vocabulary
   */
  public static Vocabulary fromJson(String json) {
    try {
      Content content = JSON.readValue(json, Content.class);
      return new Vocabulary(content.mode(), content.calls());
    } catch (JsonProcessingException e) {
      throw new UnusableInputException(
          "Cannot read the vocabulary: it is no vocabulary.json of this program ("
              + e.getOriginalMessage().lines().findFirst().orElse("empty")
              + ")",
          e);
    }
  }

  private record Content(
      @JsonProperty(required = true) VocabularySettings.Mode mode,
      @JsonProperty(required = true) int size,
      @JsonProperty(required = true) int[] calls) {
    Content {
      if (calls == null || size != calls.length + 1) {
        throw new IllegalArgumentException("size " + size + " does not fit the list of calls");
      }
    }
  }
}
