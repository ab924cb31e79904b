package syscallanomaly.window;

import java.io.Serializable;

/**
 * Says which sequences a network learns from and which are held out. A sequence is a window or a
 * whole trace.
 *
 * @param distinct whether equal sequences are kept once, with their multiplicity
 * @param dropIn random duplication of training sequences
 * @param holdOut rule that decides which sequences are held out
 */
public record SequenceSettings(boolean distinct, DropIn dropIn, HoldOut holdOut)
    implements Serializable {
  /**
   * Distinct sequences without drop-in; one in twenty traces is held out, and half of these choose
   * the epoch.
   */
  public static final SequenceSettings DEFAULT =
      new SequenceSettings(true, new DropIn(false, 10), new HoldOut(HoldOut.Rule.TRACE, 0.05, 0.5));
}
