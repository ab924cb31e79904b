package syscallanomaly.evaluate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static syscallanomaly.score.ScoreColumns.DETECTOR;
import static syscallanomaly.score.ScoreColumns.DISTINCT;
import static syscallanomaly.score.ScoreColumns.DISTINCT_IN_FAMILY;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.score.ScoreColumns.WITHOUT_EXECVE;
import static syscallanomaly.trace.TraceColumns.FAMILY;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import syscallanomaly.trace.Split;

/**
 * A group of traces that all detection figures treat alike.
 *
 * @param detector name of the detector that scored the traces
 * @param split {@link Split#VALIDATION} or {@link Split#ATTACK}
 * @param family attack family; null for normal traces and for attacks without a family
 * @param distinct whether the traces belong to {@link Population#DISTINCT}
 * @param distinctInFamily whether the traces belong to {@link Population#DISTINCT} in a row of
 *     their family
 * @param withoutExecve whether the traces belong to {@link Population#WITHOUT_EXECVE}
 * @param cluster number of what is resampled together; 0 if nothing is resampled
 * @param score the traces' common score
 * @param count number of traces, at least 1
 */
record ScoreGroup(
    String detector,
    Split split,
    String family,
    boolean distinct,
    boolean distinctInFamily,
    boolean withoutExecve,
    long cluster,
    double score,
    long count) {

  /**
   * Makes a group of a row.
   *
   * @param names the names that rows before this one had; new ones are added
   */
  static ScoreGroup of(Row row, Map<String, String> names) {
    String detector = row.getAs(DETECTOR);
    Long cluster = row.getAs(ScoreGrouping.CLUSTER_NUMBER);
    if (cluster == null) {
      throw new IllegalStateException(
          "Cannot evaluate detector %s: column 'cluster' is null for some traces; name what is resampled together"
              .formatted(detector));
    }
    return new ScoreGroup(
        once(detector, names),
        split(detector, row.getAs(SPLIT)),
        once(row.getAs(FAMILY), names),
        flag(row, DISTINCT),
        flag(row, DISTINCT_IN_FAMILY),
        flag(row, WITHOUT_EXECVE),
        cluster,
        row.<Double>getAs(SCORE),
        row.<Long>getAs("count"));
  }

  /** Puts groups together that differ in their cluster alone; 0 takes its place. */
  static List<ScoreGroup> withoutClusters(List<ScoreGroup> groups) {
    Map<ScoreGroup, Long> counts =
        groups.stream()
            .collect(groupingBy(group -> group.with(0, 0), summingLong(ScoreGroup::count)));
    return counts.entrySet().stream()
        .map(group -> group.getKey().with(0, group.getValue()))
        .toList();
  }

  private ScoreGroup with(long otherCluster, long otherCount) {
    return new ScoreGroup(
        detector,
        split,
        family,
        distinct,
        distinctInFamily,
        withoutExecve,
        otherCluster,
        score,
        otherCount);
  }

  private static String once(String name, Map<String, String> names) {
    return name == null ? null : names.computeIfAbsent(name, first -> first);
  }

  private static boolean flag(Row row, String column) {
    Boolean flag = row.getAs(column);
    if (flag == null) {
      throw new IllegalStateException(
          "Cannot evaluate detector %s: column '%s' is null for some traces; set it to true or false"
              .formatted(row.<String>getAs(DETECTOR), column));
    }
    return flag;
  }

  private static Split split(String detector, String label) {
    if (Split.VALIDATION.label().equals(label)) {
      return Split.VALIDATION;
    }
    if (Split.ATTACK.label().equals(label)) {
      return Split.ATTACK;
    }
    throw new IllegalStateException(
        "Cannot evaluate detector "
            + detector
            + ": its scores hold the split '"
            + label
            + "'; keep only 'validation' and 'attack'");
  }

  boolean attack() {
    return split == Split.ATTACK;
  }

  /** Whether the traces count in the rows of all families. */
  boolean in(Population population) {
    return switch (population) {
      case OFFICIAL -> true;
      case DISTINCT -> distinct;
      case WITHOUT_EXECVE -> withoutExecve;
    };
  }

  /** Whether the traces are attacks that count in the rows of their family. */
  boolean inFamilyOf(Population population) {
    return attack()
        && family != null
        && (population == Population.DISTINCT ? distinctInFamily : in(population));
  }
}
