package syscallanomaly.jobs.run;

import java.io.IOException;

/**
 * Says that another program works on a run, or changes the detector in use; the message is one line
 * for the user.
 */
public class InUseException extends IOException {
  private static final long serialVersionUID = 1L;

  InUseException(String message) {
    super(message);
  }
}
