package syscallanomaly.score.fitted;

import static syscallanomaly.score.NormalTraces.COPIES;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.score.Calibration;
import syscallanomaly.score.ensemble.Ensemble;
import syscallanomaly.score.ensemble.ScoreScale;

/**
 * The scores of the normal traces that calibrate, and what follows from them. The driver has one
 * number for each trace and detector, of at most 10,000 traces.
 */
final class CalibrationScores {
  private final long[] copies;
  private final Map<String, double[]> scores = new HashMap<>();
  private final Map<String, ScoreScale> scales = new HashMap<>();

  /**
   * @param rows one row for each trace, with {@code copies} long, and a nullable double for each
   *     detector that is no ensemble; null if the detector did not score the trace
   * @param ensembles the detectors that combine others; one of which a part has no score at all is
   *     left out
   */
  CalibrationScores(Dataset<Row> rows, Collection<Ensemble> ensembles) {
    // Sorted, so that sums over the scores are the same in every run; here, because a sort of
    // Spark's needs two jobs.
    List<Row> sorted =
        rows.collectAsList().stream()
            .sorted(
                Comparator.comparing(
                    (Row row) -> row.<byte[]>getAs(CONTENT), Arrays::compareUnsigned))
            .toList();
    this.copies = sorted.stream().mapToLong(row -> row.<Long>getAs(COPIES)).toArray();
    for (String column : rows.columns()) {
      if (!column.equals(COPIES) && !column.equals(CONTENT)) {
        scores.put(column, sorted.stream().mapToDouble(row -> orNaN(row.getAs(column))).toArray());
        if (traces(column) > 0) {
          scales.put(column, new ScoreScale(known(column), copies(column)));
        }
      }
    }
    ensembles.stream()
        .filter(ensemble -> scales.keySet().containsAll(ensemble.parts()))
        .forEach(ensemble -> scores.put(ensemble.name(), scores(ensemble)));
  }

  /** The columns that were written for a detector. */
  static StructType columns(DetectorManifest manifest) {
    StructType columns =
        new StructType().add(CONTENT, DataTypes.BinaryType).add(COPIES, DataTypes.LongType);
    Set<String> parts = new LinkedHashSet<>(manifest.detectors());
    manifest.ensembles().forEach(ensemble -> parts.addAll(ensemble.parts()));
    parts.retainAll(Detectors.parts());
    for (String part : parts) {
      columns = columns.add(part, DataTypes.DoubleType);
    }
    return columns;
  }

  private static double orNaN(Double score) {
    return score == null ? Double.NaN : score;
  }

  private double[] scores(Ensemble ensemble) {
    return IntStream.range(0, copies.length)
        .mapToDouble(
            trace ->
                ensemble.score(
                    ensemble.parts().stream()
                        .mapToDouble(part -> scales.get(part).z(scores.get(part)[trace]))
                        .toArray()))
        .toArray();
  }

  /** Says whether a detector has at least one calibrating trace. */
  boolean has(String detector) {
    return scores.containsKey(detector) && traces(detector) > 0;
  }

  /** The scale of a detector's scores. */
  ScoreScale scale(String detector) {
    return scales.get(detector);
  }

  /** The calibration of a detector; without any trace if no trace has a score. */
  Calibration calibration(String detector) {
    return scores.containsKey(detector)
        ? new Calibration(known(detector), copies(detector))
        : new Calibration(new double[0], new long[0]);
  }

  /** Says how a detector was calibrated. */
  DetectorManifest.CalibrationSummary summary(String detector) {
    double[] sorted = known(detector);
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return last < 0
        ? new DetectorManifest.CalibrationSummary(0, null, null, null)
        : new DetectorManifest.CalibrationSummary(
            Arrays.stream(copies(detector)).sum(), sorted[0], sorted[last / 2], sorted[last]);
  }

  private int traces(String detector) {
    return known(detector).length;
  }

  private double[] known(String detector) {
    return Arrays.stream(scores.getOrDefault(detector, new double[0]))
        .filter(score -> !Double.isNaN(score))
        .toArray();
  }

  private long[] copies(String detector) {
    double[] all = scores.get(detector);
    return IntStream.range(0, all.length)
        .filter(trace -> !Double.isNaN(all[trace]))
        .mapToLong(trace -> copies[trace])
        .toArray();
  }
}
