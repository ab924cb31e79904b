package syscallanomaly.score.fitted;

import java.util.List;

/**
 * A call that the model did not expect.
 *
 * @param position position of the call in its trace, from 1
 * @param call system-call number
 * @param name name of the call, such as {@code execve}
 * @param negativeLogLikelihood negative log-likelihood of the call in nats, at least 0
 * @param preceding names of the calls directly before it, earliest first; the list may be empty
 */
public record SurprisingCall(
    int position, int call, String name, double negativeLogLikelihood, List<String> preceding) {

  public SurprisingCall {
    preceding = List.copyOf(preceding);
  }
}
