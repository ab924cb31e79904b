package syscallanomaly.train.averaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Keeps the networks of a Java virtual machine's workers from one averaging round to the next,
 * because building a network takes longer than a mini-batch. The networks of an earlier training
 * are dropped.
 */
final class WorkerNetworks {
  private static final Deque<MultiLayerNetwork> IDLE = new ArrayDeque<>();
  private static String current = "";

  private WorkerNetworks() {}

  /**
   * Takes a network that no other worker has.
   *
   * @param training identifies the training
   * @param factory builds a network if none is idle
   */
  static MultiLayerNetwork borrow(String training, Supplier<MultiLayerNetwork> factory) {
    MultiLayerNetwork idle;
    synchronized (IDLE) {
      if (!current.equals(training)) {
        IDLE.clear();
        current = training;
      }
      idle = IDLE.poll();
    }
    return idle == null ? factory.get() : idle;
  }

  /** Hands a network on to the next worker that asks. */
  static void giveBack(String training, MultiLayerNetwork network) {
    synchronized (IDLE) {
      if (current.equals(training)) {
        IDLE.push(network);
      }
    }
  }
}
