package syscallanomaly.jobs.job;

import java.util.List;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.vocabulary.VocabularySettings;

/** What a task that trains or scores needs for the arrays of its network: an upper estimate. */
final class NetworkMemory {
  /** More calls than Linux has: the size of an observed vocabulary is not known before it is. */
  private static final long MOST_SYMBOLS = 512;

  /** Parameters, gradient, and the sums and copies that an averaging takes of parameters. */
  private static final long COPIES_OF_PARAMETERS = 4;

  /** Updater state, and the sums and copies that an averaging takes of it. */
  private static final long COPIES_OF_STATE = 2;

  /** Of a unit at a time step: four gates, state and output; in training, their gradients too. */
  private static final long NUMBERS_A_UNIT = 6;

  /** Of a symbol at a time step: logit and probability; in training, the gradient too. */
  private static final long NUMBERS_A_SYMBOL = 2;

  private static final long GATES = 4;

  private NetworkMemory() {}

  /** MiB of a task; about as much again is on the heap. */
  static long mebibytes(Configuration configuration) {
    long symbols =
        configuration.vocabulary().mode() == VocabularySettings.Mode.FIXED
            ? configuration.vocabulary().size()
            : MOST_SYMBOLS;
    List<Integer> layers = configuration.network().layers();
    long units = layers.stream().mapToLong(Integer::longValue).sum();
    TrainingSettings training = configuration.training();
    long trained =
        (training.batchSize() + training.workers() - 1L) / Math.max(1, training.workers());
    long scored = configuration.scoring().batchSize();
    long activations;
    if (configuration.readsTraces()) {
      TrainingSettings.Truncation truncation = training.truncation();
      long steps = trained * Math.max(truncation.first(), truncation.last());
      activations =
          Math.max(
              steps * (2 * NUMBERS_A_UNIT * units + (NUMBERS_A_SYMBOL + 1) * symbols),
              LanguageModel.PREDICTIONS_AT_A_TIME
                  * (NUMBERS_A_UNIT * units + NUMBERS_A_SYMBOL * symbols));
    } else {
      long steps = configuration.windows().length() - 1L;
      activations =
          Math.max(
              trained * (steps * 2 * NUMBERS_A_UNIT * units + (NUMBERS_A_SYMBOL + 1) * symbols),
              scored * (steps * NUMBERS_A_UNIT * units + NUMBERS_A_SYMBOL * symbols));
    }
    long parameters = parameters(configuration.network().embedding(), layers, symbols);
    long state = training.optimiser().updater(training.learningRate()).stateSize(parameters);
    long numbers = COPIES_OF_PARAMETERS * parameters + COPIES_OF_STATE * state + activations;
    return 1 + numbers * Float.BYTES / (1 << 20);
  }

  private static long parameters(long embedding, List<Integer> layers, long symbols) {
    long count = embedding * symbols;
    long inputs = embedding == 0 ? symbols : embedding;
    for (long units : layers) {
      count += GATES * units * (inputs + units + 1);
      inputs = units;
    }
    return count + (inputs + 1) * symbols;
  }
}
