package syscallanomaly.score;

import java.io.Serializable;
import java.util.List;
import syscallanomaly.score.ensemble.Combination;
import syscallanomaly.score.ensemble.Ensemble;

/**
 * Says which detectors are fitted, and how traces are scored.
 *
 * @param detectors names of the detectors to run, see {@link
 *     syscallanomaly.score.fitted.Detectors#names}
 * @param ensembles the detectors that combine others; those that {@code detectors} does not name
 *     are not run
 * @param stideLength number of calls in an n-gram of STIDE, at least 2
 * @param folds how normal traces are divided into folds
 * @param lstmFolds number of folds that calibrate the LSTM, at least 1; with 1, held-out traces
 *     that did not choose the epoch calibrate it, and with more, a model is trained for each
 * @param falseAlarmRate largest share of normal traces that may raise an alarm, above 0 and below 1
 * @param batchSize number of windows, or largest number of whole traces, that a worker scores in
 *     one batch, at least 1
 */
public record ScoreSettings(
    List<String> detectors,
    List<Ensemble> ensembles,
    int stideLength,
    FoldRule folds,
    int lstmFolds,
    double falseAlarmRate,
    int batchSize)
    implements Serializable {
  private static final String ENSEMBLE = "ensemble";
  private static final String ENSEMBLE_SUM = "ensemble-sum";

  /** All detectors, with both ensembles. One in twenty normal traces may raise an alarm. */
  public static final ScoreSettings DEFAULT =
      new ScoreSettings(
          List.of(
              ENSEMBLE,
              ENSEMBLE_SUM,
              "lstm",
              "lstm-window",
              "stide",
              "ngram-window",
              "ngram-ratio",
              "ngram-ratio-end",
              "call-set",
              "call-counts",
              "containment"),
          List.of(
              new Ensemble(
                  ENSEMBLE,
                  List.of("ngram-window", "ngram-ratio-end", "call-set", "call-counts"),
                  Combination.SOFT_MINIMUM),
              new Ensemble(
                  ENSEMBLE_SUM,
                  List.of("lstm-window", "ngram-ratio", "containment"),
                  Combination.SUM)),
          6,
          FoldRule.RANDOM,
          1,
          0.05,
          512);

  /** The ensembles that are run. */
  public List<Ensemble> chosenEnsembles() {
    return ensembles.stream().filter(ensemble -> detectors.contains(ensemble.name())).toList();
  }
}
