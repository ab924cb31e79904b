package syscallanomaly.jobs.job;

import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.train.TrainingSettings;

/**
 * Estimates the memory that a task needs for the arrays of its network when it trains or scores.
 * The estimate is an upper bound.
 */
final class NetworkMemory {
  /**
   * Number of arrays as large as the parameters: parameters, gradient, and the sums and copies of
   * an averaging round.
   */
  private static final long COPIES_OF_PARAMETERS = 4;

  /**
   * Number of arrays as large as the updater's state: the state, and the sums and copies of an
   * averaging round.
   */
  private static final long COPIES_OF_STATE = 2;

  /**
   * Numbers that the forward pass keeps for each unit and time step: four gates, state and output.
   * Training also keeps a gradient for each.
   */
  private static final long NUMBERS_A_UNIT = 6;

  /**
   * Numbers that the forward pass keeps for each symbol and time step: logit and probability.
   * Training also keeps a gradient.
   */
  private static final long NUMBERS_A_SYMBOL = 2;

  /**
   * Numbers that a segment or piece of whole traces has for each row and time step, besides the
   * network's own: input, call and weight. The rest of a trace is not expanded.
   */
  private static final long NUMBERS_A_CELL = 3;

  /** Fewest rows of a segment of whole traces. */
  private static final long FEWEST_ROWS = 2;

  private NetworkMemory() {}

  /** Memory of a task in MiB. About the same amount is needed on the heap, too. */
  static long mebibytes(Configuration configuration) {
    long symbols = configuration.vocabulary().mostSymbols();
    long units = configuration.network().layers().stream().mapToLong(Integer::longValue).sum();
    TrainingSettings training = configuration.training();
    int workers = training.workers() == 0 ? 1 : training.workersFor(training.workers());
    long trained = (training.batchSize() + workers - 1L) / workers;
    long scored = configuration.scoring().batchSize();
    long activations;
    if (configuration.readsTraces()) {
      TrainingSettings.Truncation truncation = training.truncation();
      long trainedCells =
          Math.max(FEWEST_ROWS, trained) * Math.max(truncation.first(), truncation.last());
      long scoredCells =
          Math.max(LanguageModel.PREDICTIONS_AT_A_TIME, Math.max(FEWEST_ROWS, scored));
      activations =
          Math.max(
              trainedCells
                  * (2 * NUMBERS_A_UNIT * units
                      + (NUMBERS_A_SYMBOL + 1) * symbols
                      + NUMBERS_A_CELL),
              scoredCells * (NUMBERS_A_UNIT * units + NUMBERS_A_SYMBOL * symbols + NUMBERS_A_CELL));
    } else {
      long timeSteps = configuration.windows().length() - 1L;
      activations =
          Math.max(
              trained * (timeSteps * 2 * NUMBERS_A_UNIT * units + (NUMBERS_A_SYMBOL + 1) * symbols),
              scored * (timeSteps * NUMBERS_A_UNIT * units + NUMBERS_A_SYMBOL * symbols));
    }
    long parameters = configuration.network().parameters(symbols);
    long state = training.optimiser().updater(training.learningRate()).stateSize(parameters);
    long numbers = COPIES_OF_PARAMETERS * parameters + COPIES_OF_STATE * state + activations;
    return 1 + numbers * Float.BYTES / (1 << 20);
  }
}
