package syscallanomaly;

import syscallanomaly.model.UpdateRule;
import syscallanomaly.train.optimiser.AdamOptimiser;
import syscallanomaly.train.optimiser.RmsPropOptimiser;

/** Rules by which networks of tests are updated, without a limit of the gradient's norm. */
public final class Updates {
  private Updates() {}

  public static UpdateRule rmsProp(double learningRate) {
    return new UpdateRule(new RmsPropOptimiser().updater(learningRate), 0);
  }

  public static UpdateRule adam(double learningRate) {
    return new UpdateRule(new AdamOptimiser().updater(learningRate), 0);
  }
}
