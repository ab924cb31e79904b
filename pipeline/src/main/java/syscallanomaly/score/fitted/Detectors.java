package syscallanomaly.score.fitted;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.containment.ContainmentFamily;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.score.lstm.FittedLstm;
import syscallanomaly.score.lstm.LstmFamily;
import syscallanomaly.score.ngram.NGramFamily;
import syscallanomaly.score.stide.StideFamily;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * Lists all detectors of this program. To add one, write a {@link
 * syscallanomaly.score.DetectorFamily} and name it here. Configuration, help, tables and report
 * take the names from this list.
 */
public final class Detectors {
  /** The ensemble that the report opens with. */
  public static final String ENSEMBLE = "ensemble";

  /** A second ensemble, of other parts, which are added. */
  public static final String ENSEMBLE_SUM = "ensemble-sum";

  /** The detectors of each family, in the order in which reports show them. */
  private static final Map<String, List<String>> FAMILIES = families();

  private Detectors() {}

  private static Map<String, List<String>> families() {
    Map<String, List<String>> families = new LinkedHashMap<>();
    families.put(LstmFamily.NAME, List.of(FittedLstm.LSTM, FittedLstm.LSTM_WINDOW));
    families.put(StideFamily.NAME, List.of(StideFamily.NAME));
    families.put(
        NGramFamily.NAME, List.of(NGramFamily.WINDOW, NGramFamily.RATIO, NGramFamily.RATIO_END));
    families.put(
        ContainmentFamily.NAME,
        List.of(
            ContainmentFamily.CALL_SET,
            ContainmentFamily.CALL_COUNTS,
            ContainmentFamily.CONTAINMENT));
    return families;
  }

  /** The names of all detectors, in the order in which reports show them. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(List.of(ENSEMBLE, ENSEMBLE_SUM));
    names.addAll(parts());
    return List.copyOf(names);
  }

  /** The names of the detectors that an ensemble can combine. */
  public static List<String> parts() {
    return FAMILIES.values().stream().flatMap(List::stream).toList();
  }

  /**
   * The families that are needed, in the order in which they are fitted.
   *
   * @param detectors names of detectors
   * @param ensembles those detectors that combine others
   */
  public static List<String> familiesOf(
      Collection<String> detectors, Collection<Ensemble> ensembles) {
    Set<String> needed = new LinkedHashSet<>(detectors);
    ensembles.stream()
        .filter(ensemble -> detectors.contains(ensemble.name()))
        .forEach(ensemble -> needed.addAll(ensemble.parts()));
    return FAMILIES.entrySet().stream()
        .filter(family -> family.getValue().stream().anyMatch(needed::contains))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The detectors of a family. */
  static List<String> of(String family) {
    return FAMILIES.get(family);
  }

  /** Says whether a family of this name exists. */
  static boolean hasFamily(String name) {
    return FAMILIES.containsKey(name);
  }

  /**
   * Loads a fitted family.
   *
   * @param name name of the family
   * @param folder folder that it was fitted in
   * @param batchSize see {@link LstmFamily#load}
   */
  static FittedFamily load(
      String name, SparkSession spark, Path folder, Vocabulary vocabulary, int batchSize)
      throws IOException {
    return switch (name) {
      case LstmFamily.NAME -> LstmFamily.load(spark, folder, vocabulary, batchSize);
      case StideFamily.NAME -> StideFamily.load(spark, folder);
      case NGramFamily.NAME -> NGramFamily.load(spark, folder);
      case ContainmentFamily.NAME -> ContainmentFamily.load(spark, folder);
      default -> throw new IllegalArgumentException("There is no detector family " + name);
    };
  }
}
