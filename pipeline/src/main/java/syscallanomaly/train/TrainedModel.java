package syscallanomaly.train;

import java.util.List;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.TimeBreakdown;

/**
 * The outcome of a training.
 *
 * @param model with the parameters of the best epoch
 * @param epochs every epoch in order; exactly one is kept
 * @param epochTimes where the time of each epoch's averaging rounds went, in the order of the
 *     epochs: how long the workers computed, and what a round took beside
 */
public record TrainedModel(
    LanguageModel model, List<EpochResult> epochs, List<TimeBreakdown> epochTimes) {}
