package syscallanomaly.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Turns the trace scores of one or more detectors into detection figures and ROC curves.
 *
 * <p>A higher score is more anomalous. A detector reports a trace if the score is at least the
 * threshold. The result depends only on the scores and the seed, not on how Spark partitions the
 * scores.
 *
 * <pre>{@code
 * DetectionResult result =
 *     new DetectionEvaluation(new EvaluationSettings(1000, 1)).evaluate(scores);
 * }</pre>
 */
public final class DetectionEvaluation {
  /**
   * Largest number of distinct scores of a detector for which the evaluation is exact. A ROC curve
   * of 50,000 points is finer than any plot or interval shows. It takes a few MiB on the driver,
   * and its 1000 resamples take a few seconds.
   */
  static final int MAX_DISTINCT_SCORES = 50_000;

  private final EvaluationSettings settings;
  private final ScoreGrouping grouping;
  private final Bootstrap bootstrap;

  public DetectionEvaluation(EvaluationSettings settings) {
    this(settings, MAX_DISTINCT_SCORES);
  }

  DetectionEvaluation(EvaluationSettings settings, int maxDistinctScores) {
    this.settings = settings;
    this.grouping = new ScoreGrouping(maxDistinctScores);
    this.bootstrap = new Bootstrap(settings.bootstrapSamples());
  }

  /**
   * Evaluates every detector on both populations, once with all attacks and once with each family's
   * attacks. The normal traces are the same each time. A detector has no rows for a population in
   * which it scored no normal trace or no attack trace.
   *
   * <p>The figures are exact for a detector with up to 50,000 distinct scores. For more, the
   * evaluation merges neighbouring scores into 50,000 cells, each with the same number of distinct
   * scores. The ROC curve then has fewer points, but each of them is exact. The AUC changes by less
   * than 1/50,000 if scores rarely repeat.
   *
   * @param scores one row for each detector and trace; read once. Columns: detector string, split
   *     string ({@code validation} for normal traces, {@code attack}), family string (null for
   *     normal traces), trace_id string, calls bigint, score double, p_value double, alarm boolean,
   *     distinct boolean (whether the trace belongs to {@link Population#DISTINCT})
   * @throws IllegalStateException if a score is NaN or null, if {@code distinct} is null, or if a
   *     split is neither {@code validation} nor {@code attack}
   */
  public DetectionResult evaluate(Dataset<Row> scores) {
    Map<String, List<ScoreGroup>> detectors = new TreeMap<>();
    for (ScoreGroup group : grouping.group(scores)) {
      detectors.computeIfAbsent(group.detector(), detector -> new ArrayList<>()).add(group);
    }
    List<Detection> detections = new ArrayList<>();
    List<RocPoint> roc = new ArrayList<>();
    detectors.forEach(
        (detector, groups) -> {
          for (Population population : Population.values()) {
            evaluate(detector, population, groups, detections, roc);
          }
        });
    return new DetectionResult(detections, roc);
  }

  private void evaluate(
      String detector,
      Population population,
      List<ScoreGroup> groups,
      List<Detection> detections,
      List<RocPoint> roc) {
    Map<Double, Long> normal = new TreeMap<>();
    Map<Double, Long> attacks = new TreeMap<>();
    NavigableMap<String, Map<Double, Long>> families = new TreeMap<>();
    for (ScoreGroup group : groups) {
      if (!group.in(population)) {
        continue;
      }
      (group.attack() ? attacks : normal).merge(group.score(), group.count(), Long::sum);
      if (group.attack() && group.family() != null) {
        families
            .computeIfAbsent(group.family(), family -> new TreeMap<>())
            .merge(group.score(), group.count(), Long::sum);
      }
    }
    if (normal.isEmpty() || attacks.isEmpty()) {
      return;
    }
    RocCurve all = new RocCurve(normal, attacks);
    roc.addAll(all.points(detector, population));
    detections.add(detection(detector, Detection.ALL_FAMILIES, population, all));
    families.forEach(
        (family, scores) ->
            detections.add(detection(detector, family, population, new RocCurve(normal, scores))));
  }

  private Detection detection(
      String detector, String family, Population population, RocCurve curve) {
    Bootstrap.Interval interval =
        bootstrap.auc(
            curve,
            (int) (settings.seed() >>> 32),
            (int) settings.seed(),
            detector.hashCode(),
            family.hashCode(),
            population.label().hashCode());
    return new Detection(
        detector,
        family,
        population,
        curve.normal(),
        curve.attacks(),
        curve.auc(),
        interval.low(),
        interval.high(),
        curve.tprAtFpr(.01),
        curve.tprAtFpr(.05),
        curve.tprAtFpr(.10),
        curve.tprAtFpr(.15),
        curve.tprAtFpr(.20),
        curve.fprAtTpr(.90));
  }
}
