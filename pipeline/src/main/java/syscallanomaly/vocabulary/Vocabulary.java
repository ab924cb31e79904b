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
 * <p>Index 0 stands for no call that training can show: in {@code observed} mode it is the unknown
 * call, in {@code fixed} mode the number 0 (calls count from 1). Windows of short traces are padded
 * with it.
 */
public final class Vocabulary implements Serializable {
  /** The index of a call that the vocabulary does not hold, and of padding. */
  public static final int UNKNOWN = 0;

  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final VocabularySettings.Mode mode;

  /** The call of each index from 1 on, ascending; index 0 has none. */
  private final int[] calls;

  private Vocabulary(VocabularySettings.Mode mode, int[] calls) {
    this.mode = mode;
    this.calls = calls;
  }

  /** Indices equal to the call numbers, 0 to {@code size} - 1. */
  public static Vocabulary fixed(int size) {
    int[] calls = new int[size - 1];
    Arrays.setAll(calls, i -> i + 1);
    return new Vocabulary(VocabularySettings.Mode.FIXED, calls);
  }

  /** Index 0 for unknown calls, then the given calls in ascending order. */
  public static Vocabulary observed(int[] calls) {
    int[] sorted = Arrays.stream(calls).sorted().distinct().toArray();
    return new Vocabulary(VocabularySettings.Mode.OBSERVED, sorted);
  }

  /** Number of indices. */
  public int size() {
    return calls.length + 1;
  }

  /** The index of a call, {@link #UNKNOWN} where the vocabulary does not hold it. */
  public int indexOf(int call) {
    if (mode == VocabularySettings.Mode.FIXED) {
      return call < size() ? call : UNKNOWN;
    }
    int found = Arrays.binarySearch(calls, call);
    return found < 0 ? UNKNOWN : found + 1;
  }

  /** Whether a call has an index of its own. */
  public boolean holds(int call) {
    return indexOf(call) != UNKNOWN || (mode == VocabularySettings.Mode.FIXED && call == 0);
  }

  /** SHA-256 of what the indices mean, in hexadecimal: equal for equal vocabularies. */
  public String hash() {
    return DigestUtils.sha256Hex(mode + Arrays.toString(calls));
  }

  /** This vocabulary as JSON; {@link #fromJson} reads it. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(new Content(mode, size(), calls));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the vocabulary as JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws UnusableInputException where it is something else
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
