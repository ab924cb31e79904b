package syscallanomaly.score.ngram;

import org.apache.spark.sql.Row;
import scala.Tuple4;
import syscallanomaly.model.series.LowestMean;
import syscallanomaly.model.series.MovingMean;

/** The scores of a trace, from how improbable its calls are. The calls are added in their order. */
final class TraceScores {
  private final LowestMean window;
  private final LowestMean ratio;
  private final MovingMean ratioEnd;

  TraceScores(NGramSettings settings) {
    this.window = new LowestMean(settings.window());
    this.ratio = new LowestMean(settings.window());
    this.ratioEnd = new MovingMean(settings.last());
  }

  /**
   * Adds the next call.
   *
   * @param lowestLoss see {@link CallLikelihood#lowestLoss}
   * @param callRatio see {@link CallLikelihood#ratio}
   */
  void add(double lowestLoss, double callRatio) {
    window.add(lowestLoss);
    ratio.add(callRatio);
    ratioEnd.add(callRatio);
  }

  /**
   * The key of the trace, and its scores in the order of {@link NGramFamily#detectors}.
   *
   * @throws IllegalStateException if no call was added
   */
  Tuple4<Row, Double, Double, Double> of(Row key) {
    return new Tuple4<>(key, window.value(), ratio.value(), ratioEnd.value());
  }
}
