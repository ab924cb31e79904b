package syscallanomaly.train;

import java.util.List;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.TimeBreakdown;

/**
 * The result of a training.
 *
 * @param model model with the parameters of the best epoch
 * @param epochs results of all epochs in order; exactly one is marked as kept
 * @param epochTimes for each epoch in order, where the time of its averaging rounds went
 */
public record TrainedModel(
    LanguageModel model, List<EpochResult> epochs, List<TimeBreakdown> epochTimes) {}
