package syscallanomaly.jobs.promotion;

import java.util.Optional;
import java.util.OptionalDouble;
import syscallanomaly.evaluate.NextCall;

/**
 * What a detector came to on the test traces.
 *
 * @param unscored number of traces whose score is no finite number
 * @param auc area under the ROC curve, 0 to 1; empty without attack traces, or if traces are
 *     unscored
 * @param falseAlarmRate share of validation traces that raise an alarm, 0 to 1; NaN if traces are
 *     unscored
 * @param nextCall what its language model predicts of the validation traces; empty if it has none
 */
record DetectorFigures(
    long unscored, OptionalDouble auc, double falseAlarmRate, Optional<NextCall> nextCall) {}
