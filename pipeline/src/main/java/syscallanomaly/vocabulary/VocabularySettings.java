package syscallanomaly.vocabulary;

import java.io.Serializable;

/**
 * Says how system-call numbers become indices.
 *
 * @param mode where the vocabulary comes from
 * @param size number of indices in {@link Mode#FIXED} mode, at least 2: K + 1 for the calls 1 to K
 *     and for unknown calls. If the training traces hold the call 0, there is one index more
 */
public record VocabularySettings(Mode mode, int size) implements Serializable {
  /** The calls that training shows. */
  public static final VocabularySettings DEFAULT = new VocabularySettings(Mode.OBSERVED, 341);

  private static final long MOST_OBSERVED = 512;

  /** Where the vocabulary comes from. */
  public enum Mode {
    /** Each call of the training traces has an index, and all other calls share one. */
    OBSERVED,
    /** The call number is the index. Calls beyond the fixed size are not accepted. */
    FIXED
  }

  /**
   * The largest number of indices that a vocabulary with these settings can have. That of an
   * observed vocabulary is not known before it is built; Linux has fewer calls.
   */
  public long mostSymbols() {
    return mode == Mode.FIXED ? size + 1L : MOST_OBSERVED;
  }

  /** The largest system-call number that a trace may hold. */
  public int largestCall() {
    return mode == Mode.FIXED ? size - 1 : Integer.MAX_VALUE;
  }
}
