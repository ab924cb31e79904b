package syscallanomaly.jobs.step;

import java.util.function.Supplier;
import syscallanomaly.trace.UnusableInputException;

/** Adds to the library's error messages what to do at the command line. */
final class Advice {
  private Advice() {}

  /**
   * Reads input with the library.
   *
   * @param fix what to do if the input cannot be used, in one line
   * @param reading reads the input
   * @return what was read
   * @throws UnusableInputException the library's own exception, with the fix at the end of its
   *     message
   */
  static <T> T adding(String fix, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UnusableInputException e) {
      throw e.withFix(fix);
    }
  }
}
