package syscallanomaly.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * A ROC curve of 10,000 points is finer than any plot or interval shows. Groups of 500 scores and
   * 100 buckets of contents and of folders take some 60 MiB while they come to the driver and are
   * put in order, and 1000 resamples of them take a second or two. So detectors with more than
   * 100,000 groups together come one after the other.
   */
  private static final ScoreGrouping.Bounds BOUNDS =
      new ScoreGrouping.Bounds(10_000, 500, 100, 100_000);

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
   * <p>The figures are exact for a detector with up to 10,000 distinct scores. For more, the
   * evaluation merges neighbouring scores into 10,000 cells, each with the same number of distinct
   * scores. The ROC curve then has fewer points, but each of them is exact. The AUC changes by less
   * than 1/10,000 if scores rarely repeat. An operating point counts all traces of a cell by the
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
    Map<String, DetectorFigures> figures = new HashMap<>();
    grouping.group(scores, groups -> figures.putAll(figures(groups, calibrations)));
    return result(
        calibrations.keySet().stream().filter(figures::containsKey).map(figures::get).toList());
  }

  /**
   * What is kept of a detector when its traces are forgotten.
   *
   * @param areas one for each population; empty without normal or without attack traces
   */
  private record DetectorFigures(
      List<Detection> detections,
      List<OperatingPoint> operatingPoints,
      List<RocPoint> roc,
      List<Optional<Resamples.Area>> areas) {
    static DetectorFigures of(List<PopulationFigures> populations) {
      return new DetectorFigures(
          populations.stream().flatMap(figures -> figures.detections().stream()).toList(),
          populations.stream().flatMap(figures -> figures.operatingPoints().stream()).toList(),
          populations.stream().flatMap(figures -> figures.roc().stream()).toList(),
          populations.stream().map(PopulationFigures::area).toList());
    }
  }

  /** The figures of the detectors that the groups belong to, by their names. */
  private Map<String, DetectorFigures> figures(
      ScoreGrouping.Groups groups, Map<String, Calibration> calibrations) {
    // A weight depends on the seed, the resample and the cluster alone. So detectors whose figures
    // are computed apart share the resamples.
    ClusterWeights weights =
        new ClusterWeights(
            groups.resampled().stream().map(ScoreGroup::cluster).toList(), settings.seed());
    Map<String, List<PopulationFigures>> detectors = new HashMap<>();
    byDetector(groups, calibrations)
        .forEach(
            (detector, own) ->
                detectors.put(detector, populations(own, calibrations.get(detector), weights)));
    IntStream.range(0, settings.bootstrapSamples())
        .parallel()
        .forEach(
            resample -> {
              int[] drawn = weights.draw(resample);
              detectors
                  .values()
                  .forEach(
                      populations ->
                          populations.forEach(figures -> figures.resample(resample, drawn)));
            });
    Map<String, DetectorFigures> figures = new HashMap<>();
    detectors.forEach(
        (detector, populations) -> figures.put(detector, DetectorFigures.of(populations)));
    return figures;
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

  private static DetectionResult result(List<DetectorFigures> detectors) {
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < detectors.size(); i++) {
      for (int j = i + 1; j < detectors.size(); j++) {
        for (int population = 0; population < Population.values().length; population++) {
          Optional<Resamples.Area> area = detectors.get(i).areas().get(population);
          Optional<Resamples.Area> other = detectors.get(j).areas().get(population);
          if (area.isPresent() && other.isPresent()) {
            comparisons.add(area.get().comparison(other.get()));
          }
        }
      }
    }
    return new DetectionResult(
        detectors.stream().flatMap(figures -> figures.detections().stream()).toList(),
        detectors.stream().flatMap(figures -> figures.operatingPoints().stream()).toList(),
        comparisons,
        detectors.stream().flatMap(figures -> figures.roc().stream()).toList());
  }
}
