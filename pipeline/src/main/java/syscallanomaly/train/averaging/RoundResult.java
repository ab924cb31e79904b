package syscallanomaly.train.averaging;

import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;

/**
 * The result of an averaging round, apart from the new parameters.
 *
 * @param totals sums over the predictions of all workers' mini-batches
 * @param time where the round's time went
 */
public record RoundResult(PredictionTotals totals, TimeBreakdown time) {}
