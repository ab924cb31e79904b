package syscallanomaly.jobs.step;

import java.util.function.Supplier;
import syscallanomaly.trace.UnusableInputException;

/** Adds to the library's complaints what to do about them at the command line. */
final class Advice {
  private Advice() {}

  /**
   * What the library makes of some input.
   *
   * @param fix what to do where the input cannot be used, in one line
   * @throws UnusableInputException the library's own, with the fix at its end
   */
  static <T> T adding(String fix, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UnusableInputException e) {
      throw e.withFix(fix);
    }
  }
}
