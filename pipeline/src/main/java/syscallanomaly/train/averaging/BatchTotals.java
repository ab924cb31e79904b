package syscallanomaly.train.averaging;

import java.io.Serializable;

/**
 * Sums over the mini-batches that were trained on.
 *
 * @param weight sum over the predicted calls of the weight of their window or trace
 * @param loss sum of weight times negative log-likelihood, nats
 * @param correct sum of the weights of the predictions whose call had the highest probability
 * @param computeNanos time that workers spent on the mini-batches
 * @param productNanos the part of it in the LSTM layers' matrix products
 * @param rounds the rounds that they were trained on in, as the driver saw them
 */
public record BatchTotals(
    double weight,
    double loss,
    double correct,
    long computeNanos,
    long productNanos,
    RoundTime rounds)
    implements Serializable {
  public static final BatchTotals NONE = new BatchTotals(0, 0, 0, 0, 0, RoundTime.NONE);

  public static BatchTotals ofPredictions(double weight, double loss, double correct) {
    return new BatchTotals(weight, loss, correct, 0, 0, RoundTime.NONE);
  }

  static BatchTotals ofTime(long computeNanos, long productNanos) {
    return new BatchTotals(0, 0, 0, computeNanos, productNanos, RoundTime.NONE);
  }

  static BatchTotals ofRound(RoundTime round) {
    return new BatchTotals(0, 0, 0, 0, 0, round);
  }

  public BatchTotals plus(BatchTotals other) {
    return new BatchTotals(
        weight + other.weight,
        loss + other.loss,
        correct + other.correct,
        computeNanos + other.computeNanos,
        productNanos + other.productNanos,
        rounds.plus(other.rounds));
  }

  public double meanLoss() {
    return loss / weight;
  }

  public double accuracy() {
    return correct / weight;
  }
}
