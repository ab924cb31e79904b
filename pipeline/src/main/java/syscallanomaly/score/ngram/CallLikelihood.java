package syscallanomaly.score.ngram;

/**
 * How improbable a call is after the calls before it, from counts of n-grams in normal traces.
 *
 * <p>Order k = 0, 1, ... looks at the k calls before; these are its context. Let c be the number of
 * times that the call follows the context, n the number of times that any call does, u the number
 * of different calls that do, and b = 1 / (d + 1), where d is the number of different calls in all
 * normal traces. The interpolated Witten-Bell estimate of order k is
 *
 * <pre>{@code
 * p(k) = (c + u p(k - 1)) / (n + u),    p(-1) = b
 * }</pre>
 *
 * <p>A context with n = 0 ends the recursion: all higher orders have the estimate of the order
 * before. With absolute discounting D, and a(w) = the number of different calls before w, the start
 * of a trace counted as a call, the bigram's estimate is
 *
 * <pre>{@code
 * q(0) = (max(a(call) - D, 0) + D u b) / (sum of all a),    u of order 0
 * q(1) = (max(c - D, 0) + D u q(0)) / n,                    c, n and u of order 1
 * }</pre>
 *
 * <p>Sources: Witten and Bell: The zero-frequency problem, 1991; Kneser and Ney: Improved
 * backing-off for m-gram language modeling, 1995; for both: Chen and Goodman: An empirical study of
 * smoothing techniques for language modeling, 1998.
 *
 * <p>Order of use for each call: {@link #begin}, {@link #order} for order 0, 1, ..., then the
 * results.
 */
final class CallLikelihood {
  private final double base;
  private final double discount;
  private long before;
  private long bigrams;
  private int order;
  private double probability;
  private double highest;
  private double bigram;

  /**
   * @param distinctCalls number of different calls in all normal traces, at least 1
   * @param discount what absolute discounting takes from each count, above 0 and below 1
   */
  CallLikelihood(long distinctCalls, double discount) {
    this.base = 1.0 / (distinctCalls + 1);
    this.discount = discount;
  }

  /**
   * Begins with the next call.
   *
   * @param before number of different calls before this call in the normal traces
   * @param bigrams sum of these numbers over all calls: the number of different bigrams, at least 1
   */
  void begin(long before, long bigrams) {
    this.before = before;
    this.bigrams = bigrams;
    order = 0;
    probability = base;
    highest = 0;
  }

  /**
   * Takes the counts of the next order, from 0 on.
   *
   * @param count number of times that the call follows the context
   * @param total number of times that any call does, at least 1
   * @param followers number of different calls that do, at least 1
   */
  void order(long count, long total, long followers) {
    probability = (count + followers * probability) / (total + followers);
    highest = Math.max(highest, probability);
    if (order == 0) {
      bigram = discounted(before, followers * base) / bigrams;
    } else if (order == 1) {
      bigram = discounted(count, followers * bigram) / total;
    }
    order++;
  }

  /** A count less the discount, and the share of what all counts lost. */
  private double discounted(long count, double share) {
    return Math.max(count - discount, 0) + discount * share;
  }

  /** The lowest negative log-likelihood under the Witten-Bell estimate of any order, in nats. */
  double lowestLoss() {
    return -Math.log(highest);
  }

  /** The negative log-likelihood under the Witten-Bell estimate of the highest order, in nats. */
  double loss() {
    return -Math.log(probability);
  }

  /** The negative log-likelihood under the bigram's estimate, in nats. */
  double bigramLoss() {
    return -Math.log(bigram);
  }

  /** {@link #loss} less {@link #bigramLoss}. It is high if long n-grams are missing. */
  double ratio() {
    return loss() - bigramLoss();
  }
}
