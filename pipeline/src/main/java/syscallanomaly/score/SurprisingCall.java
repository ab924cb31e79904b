package syscallanomaly.score;

import java.util.List;

/**
 * A call that the model did not expect.
 *
 * @param position of the call in its trace, from 0
 * @param call its number
 * @param negativeLogLikelihood nats
 * @param preceding numbers of the calls before it, oldest first
 */
public record SurprisingCall(
    int position, int call, double negativeLogLikelihood, List<Integer> preceding) {}
