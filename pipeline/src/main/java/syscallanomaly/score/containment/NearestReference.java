package syscallanomaly.score.containment;

import scala.Tuple5;

/**
 * The normal trace that another trace is most like: the one with the highest similarity of {@code
 * call-set}, and of equal ones the one that shares the most pairs of neighbouring calls.
 *
 * @param traceId name of the normal trace
 * @param calls number of its distinct calls, at least 1
 * @param sharedCalls number of those that the other trace holds
 * @param pairs number of its distinct pairs of neighbouring calls
 * @param sharedPairs number of those that the other trace holds
 */
public record NearestReference(
    String traceId, int calls, int sharedCalls, int pairs, int sharedPairs) {

  Tuple5<String, Integer, Integer, Integer, Integer> asTuple() {
    return new Tuple5<>(traceId, calls, sharedCalls, pairs, sharedPairs);
  }

  static NearestReference ofTuple(Tuple5<String, Integer, Integer, Integer, Integer> tuple) {
    return new NearestReference(tuple._1(), tuple._2(), tuple._3(), tuple._4(), tuple._5());
  }
}
