package syscallanomaly.score.lstm;

import org.apache.spark.sql.Column;
import syscallanomaly.model.LanguageModel;

/**
 * The models that score normal traces to calibrate the detectors of the LSTM. Each model scores the
 * traces of its fold, which neither it nor the choice of its epoch has seen.
 */
public interface LstmFolds {
  /** Number of folds, at least 1. */
  int count();

  /**
   * The traces of a fold.
   *
   * @param fold from 0
   * @return a condition on the rows of {@link syscallanomaly.score.NormalTraces#calibrating}
   */
  Column traces(int fold);

  /**
   * The model of a fold. It may be trained now.
   *
   * @param fold from 0
   */
  LanguageModel model(int fold);
}
