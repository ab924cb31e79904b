package syscallanomaly.vocabulary;

import java.io.Serializable;

/**
 * How system-call numbers become indices.
 *
 * @param mode where the vocabulary comes from
 * @param size number of indices in {@link Mode#FIXED} mode, K + 1 for calls 0 to K, at least 2
 */
public record VocabularySettings(Mode mode, int size) implements Serializable {
  /** The calls that training shows. */
  public static final VocabularySettings DEFAULT = new VocabularySettings(Mode.OBSERVED, 341);

  /** Where the vocabulary comes from. */
  public enum Mode {
    /** The calls seen in training, and one index for all others. */
    OBSERVED,
    /** The call number itself is the index; larger numbers are not accepted. */
    FIXED
  }

  /** The largest system-call number that a trace may hold. */
  public int largestCall() {
    return mode == Mode.FIXED ? size - 1 : Integer.MAX_VALUE;
  }
}
