package syscallanomaly.train.averaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The networks of a Java virtual machine's workers, kept from one averaging round to the next: to
 * build one takes longer than a mini-batch. Those of an earlier training are let go.
 */
final class WorkerNetworks {
  private static final Deque<MultiLayerNetwork> IDLE = new ArrayDeque<>();
  private static String current = "";

  private WorkerNetworks() {}

  /** A network that no other worker has. */
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
