package syscallanomaly.train.epoch;

import java.io.Serializable;
import syscallanomaly.window.Permutation;
import syscallanomaly.window.RandomHash;

/**
 * A seeded order of traces that are numbered by length: mini-batches that all workers train on at
 * the same time hold traces of like length, so that the workers finish together.
 *
 * <p>Consecutive numbers form steps, a mini-batch for every worker. Which traces meet varies with
 * the seed: neighbours change places, and the traces of an incomplete step are taken from anywhere.
 * The steps come in random order, the incomplete one last. As in {@link Permutation}, a place can
 * be computed on any worker without memory.
 */
final class LengthOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int BLOCK_OFFSET = 0;
  private static final int WITHIN_BLOCK = 1;
  private static final int PLACE_OF_REST = 2;
  private static final int WITHIN_STEP = 3;
  private static final int STEPS = 4;

  private final long traces;
  private final long step;
  private final long seed;

  /**
   * @param traces how many there are
   * @param step traces of one mini-batch of every worker together
   */
  LengthOrder(long traces, long step, long seed) {
    this.traces = traces;
    this.step = step;
    this.seed = seed;
  }

  /** The place of the trace with this number; different numbers have different places. */
  long placeOf(long number) {
    long full = traces / step;
    long rest = traces % step;
    long shuffled = amongNeighbours(number);
    long restStart = Long.remainderUnsigned(bits(PLACE_OF_REST, 0), full + 1) * step;
    if (shuffled >= restStart && shuffled < restStart + rest) {
      return full * step
          + new Permutation(rest, bits(WITHIN_STEP, full)).placeOf(shuffled - restStart);
    }
    long inFullSteps = shuffled < restStart ? shuffled : shuffled - rest;
    long stepNumber = inFullSteps / step;
    long inStep = new Permutation(step, bits(WITHIN_STEP, stepNumber)).placeOf(inFullSteps % step);
    return new Permutation(full, bits(STEPS, 0)).placeOf(stepNumber) * step + inStep;
  }

  /** Shuffles blocks of as many traces as a step has, which begin in the midst of steps. */
  private long amongNeighbours(long number) {
    long offset = Long.remainderUnsigned(bits(BLOCK_OFFSET, 0), step);
    long block = (number + offset) / step;
    long first = Math.max(0, block * step - offset);
    long last = Math.min(traces, (block + 1) * step - offset);
    return first + new Permutation(last - first, bits(WITHIN_BLOCK, block)).placeOf(number - first);
  }

  private long bits(int purpose, long position) {
    return RandomHash.bits(RandomHash.bits(seed, purpose), position);
  }
}
