package syscallanomaly.jobs.run;

import java.io.IOException;

/** A run that another program works on; the message is one line for the person at the terminal. */
public class RunInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  RunInUseException(String message) {
    super(message);
  }
}
