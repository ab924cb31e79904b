package syscallanomaly.train.averaging;

import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;

/**
 * What an averaging round came to, beside the new parameters.
 *
 * @param totals over the predictions of all workers' mini-batches
 * @param time of the round
 */
public record RoundResult(PredictionTotals totals, TimeBreakdown time) {}
