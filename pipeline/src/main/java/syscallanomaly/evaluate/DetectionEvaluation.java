package syscallanomaly.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.score.Calibration;
import syscallanomaly.score.ScoreColumns;

/**
 * Turns the trace scores of one or more detectors into detection figures, operating points,
 * comparisons and ROC curves.
 *
 * <p>A higher score is more anomalous. The result depends only on the scores, the calibrations and
 * the seed, not on how Spark partitions the scores.
 *
 * <pre>{@code
 * DetectionResult result =
 *     new DetectionEvaluation(new EvaluationSettings(1000, 1))
 *         .evaluate(scores, Map.of("stide", calibration));
 * }</pre>
 */
public final class DetectionEvaluation {
  /**
   * A ROC curve of 50,000 points is finer than any plot or interval shows. Groups of 500 scores and
   * 100 buckets are as many. They take some ten MiB a detector on the driver, and 1000 resamples of
   * them take a second or two.
   */
  private static final ScoreGrouping.Bounds BOUNDS = new ScoreGrouping.Bounds(50_000, 500, 100);

  private final EvaluationSettings settings;
  private final ScoreGrouping grouping;

  public DetectionEvaluation(EvaluationSettings settings) {
    this(settings, BOUNDS);
  }

  DetectionEvaluation(EvaluationSettings settings, ScoreGrouping.Bounds bounds) {
    this.settings = settings;
    this.grouping = new ScoreGrouping(bounds, settings.seed());
  }

  /**
   * Evaluates every detector on every population, once with all attacks and once with each family's
   * attacks. The normal traces are the same each time. A detector has no detection figures for a
   * population in which it scored no normal trace or no attack trace. Its operating points need
   * normal traces alone.
   *
   * <p>The figures are exact for a detector with up to 50,000 distinct scores. For more, the
   * evaluation merges neighbouring scores into 50,000 cells, each with the same number of distinct
   * scores. The ROC curve then has fewer points, but each of them is exact. The AUC changes by less
   * than 1/50,000 if scores rarely repeat. An operating point counts all traces of a cell by the
   * cell's lowest score.
   *
   * <p>Intervals are percentile bootstraps. Equal normal traces are resampled together, and attack
   * traces by folder, see {@link ScoreColumns#CLUSTER}. If a detector's traces form more than
   * 50,000 groups of equal score and cluster, contents and folders are merged into 100 buckets each
   * by a seeded hash, scores into 500 cells, and the buckets are resampled. The widths of such
   * intervals are known to about 7 %.
   *
   * @param scores one row for each detector and trace; read once. Columns: detector string, split
   *     string ({@code validation} for normal traces, {@code attack}), family string (null for
   *     normal traces), score double, and {@link ScoreColumns#POPULATION_COLUMNS}
   * @param calibrations calibration of each detector. The result lists the detectors in the order
   *     of this map.
   * @throws IllegalStateException if a score is NaN or null, if a column of the populations is
   *     null, if a split is neither {@code validation} nor {@code attack}, or if a detector has no
   *     calibration
   */
  public DetectionResult evaluate(Dataset<Row> scores, Map<String, Calibration> calibrations) {
    ScoreGrouping.Groups groups = grouping.group(scores);
    ClusterWeights weights =
        new ClusterWeights(
            groups.resampled().stream().map(ScoreGroup::cluster).toList(), settings.seed());
    List<List<PopulationFigures>> detectors = new ArrayList<>();
    Map<String, ScoreGrouping.Groups> byDetector = byDetector(groups, calibrations);
    calibrations.forEach(
        (detector, calibration) -> {
          if (byDetector.containsKey(detector)) {
            detectors.add(populations(byDetector.get(detector), calibration, weights));
          }
        });
    IntStream.range(0, settings.bootstrapSamples())
        .parallel()
        .forEach(
            resample -> {
              int[] drawn = weights.draw(resample);
              detectors.forEach(
                  populations -> populations.forEach(figures -> figures.resample(resample, drawn)));
            });
    return result(detectors);
  }

  private static Map<String, ScoreGrouping.Groups> byDetector(
      ScoreGrouping.Groups groups, Map<String, Calibration> calibrations) {
    Map<String, ScoreGrouping.Groups> byDetector = new HashMap<>();
    for (ScoreGroup group : groups.curves()) {
      if (!calibrations.containsKey(group.detector())) {
        throw new IllegalStateException(
            "Cannot evaluate detector %s: it has no calibration; give one for each detector"
                .formatted(group.detector()));
      }
      empty(byDetector, group).curves().add(group);
    }
    groups.resampled().forEach(group -> empty(byDetector, group).resampled().add(group));
    return byDetector;
  }

  private static ScoreGrouping.Groups empty(
      Map<String, ScoreGrouping.Groups> byDetector, ScoreGroup group) {
    return byDetector.computeIfAbsent(
        group.detector(),
        detector -> new ScoreGrouping.Groups(new ArrayList<>(), new ArrayList<>()));
  }

  private List<PopulationFigures> populations(
      ScoreGrouping.Groups groups, Calibration calibration, ClusterWeights weights) {
    List<PopulationFigures> populations = new ArrayList<>();
    for (Population population : Population.values()) {
      populations.add(
          new PopulationFigures(
              population, groups, calibration, weights, settings.bootstrapSamples()));
    }
    return populations;
  }

  private static DetectionResult result(List<List<PopulationFigures>> detectors) {
    List<PopulationFigures> all = detectors.stream().flatMap(List::stream).toList();
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < detectors.size(); i++) {
      for (int j = i + 1; j < detectors.size(); j++) {
        for (int population = 0; population < Population.values().length; population++) {
          PopulationFigures other = detectors.get(j).get(population);
          detectors.get(i).get(population).comparison(other).ifPresent(comparisons::add);
        }
      }
    }
    return new DetectionResult(
        all.stream().flatMap(figures -> figures.detections().stream()).toList(),
        all.stream().flatMap(figures -> figures.operatingPoints().stream()).toList(),
        comparisons,
        all.stream().flatMap(figures -> figures.roc().stream()).toList());
  }
}
