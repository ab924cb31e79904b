package syscallanomaly.report;

import java.util.List;

/**
 * A call that the model did not expect.
 *
 * @param position in the trace, from 1
 * @param call system-call number
 * @param name of the call, such as {@code execve}
 * @param negativeLogLikelihood nats
 * @param preceding names of the calls right before it, earliest first; may be empty
 */
public record SurprisingCall(
    int position, int call, String name, double negativeLogLikelihood, List<String> preceding) {

  public SurprisingCall {
    preceding = List.copyOf(preceding);
  }
}
