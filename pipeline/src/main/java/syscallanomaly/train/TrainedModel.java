package syscallanomaly.train;

import java.util.List;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.train.averaging.WorkerTime;

/**
 * The outcome of a training.
 *
 * @param model with the parameters of the best epoch
 * @param epochs every epoch in order; exactly one is kept
 * @param workerTimes of every epoch in order
 */
public record TrainedModel(
    LanguageModel model, List<EpochResult> epochs, List<WorkerTime> workerTimes) {}
