package syscallanomaly.train.optimiser;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;

/** Lists all optimisers. A new optimiser needs a class and an entry here. */
public final class Optimisers {
  /** The optimiser that trains if no other is chosen. */
  public static final Optimiser DEFAULT = new RmsPropOptimiser();

  private static final List<Optimiser> ALL = List.of(DEFAULT, new AdamOptimiser());

  private Optimisers() {}

  /** The names of all optimisers, with the default first. */
  public static List<String> names() {
    return ALL.stream().map(Optimiser::name).toList();
  }

  /** The optimiser with a name; empty if there is none. */
  public static Optional<Optimiser> named(String name) {
    return ALL.stream().filter(optimiser -> optimiser.name().equals(name)).findFirst();
  }

  /**
   * Replaces DL4J's updaters by accelerated ones in a network that a worker trains. An updater
   * stays if no optimiser here accelerates it. The network's configuration does not change.
   *
   * @return the network
   */
  public static MultiLayerNetwork accelerate(MultiLayerNetwork network) {
    for (UpdaterBlock block : ((MultiLayerUpdater) network.getUpdater()).getUpdaterBlocks()) {
      ALL.stream()
          .flatMap(optimiser -> optimiser.accelerated(block.getGradientUpdater()).stream())
          .findFirst()
          .ifPresent(block::setGradientUpdater);
    }
    return network;
  }
}
