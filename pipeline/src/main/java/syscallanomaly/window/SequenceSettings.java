package syscallanomaly.window;

import java.io.Serializable;

/**
 * Which sequences, windows or whole traces, a network learns from and which are held out.
 *
 * @param distinct whether equal training sequences are kept once, with their multiplicity
 * @param dropIn random duplication of training sequences
 * @param holdOut sequences that are kept from training
 */
public record SequenceSettings(boolean distinct, DropIn dropIn, HoldOut holdOut)
    implements Serializable {
  /** Distinct sequences without drop-in; one in twenty traces is held out. */
  public static final SequenceSettings DEFAULT =
      new SequenceSettings(true, new DropIn(false, 10), new HoldOut(HoldOut.Rule.TRACE, 0.05));
}
