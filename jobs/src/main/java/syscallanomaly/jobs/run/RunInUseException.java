package syscallanomaly.jobs.run;

import java.io.IOException;

/** Says that another program works on a run; the message is one line for the user. */
public class RunInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  RunInUseException(String message) {
    super(message);
  }
}
