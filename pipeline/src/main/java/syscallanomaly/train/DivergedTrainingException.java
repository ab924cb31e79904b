package syscallanomaly.train;

/**
 * Says that a training has left the range of numbers: a loss or a parameter is infinite or NaN. Its
 * network is of no use. The message is one line. It says where this was noticed and what keeps a
 * training finite. A caller that knows the settings' names adds them through {@link #withFix}.
 */
public final class DivergedTrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param where when this was noticed, such as "in epoch 1, round 2 of 9"
   * @param what name of the number that is not finite, such as "the loss"
   * @param value the number
   */
  public DivergedTrainingException(String where, String what, double value) {
    this(
        "Cannot go on with the training: %s, %s is %s; a lower learning rate or a limit on the gradient's norm keeps it finite"
            .formatted(where, what, value));
  }

  private DivergedTrainingException(String message) {
    super(message);
  }

  /**
   * Copies this error and its stack trace, and appends {@code "; "} and the fix to the message.
   *
   * @param fix what the user can do about it, in one line
   */
  public DivergedTrainingException withFix(String fix) {
    DivergedTrainingException fixed = new DivergedTrainingException(getMessage() + "; " + fix);
    fixed.setStackTrace(getStackTrace());
    return fixed;
  }
}
