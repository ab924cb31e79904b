package syscallanomaly.train.optimiser;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;

/** All optimisers. A new one is a class and an entry here. */
public final class Optimisers {
  /** What trains where nothing else is asked for. */
  public static final Optimiser DEFAULT = new RmsPropOptimiser();

  private static final List<Optimiser> ALL = List.of(DEFAULT, new AdamOptimiser());

  private Optimisers() {}

  /** The names of all optimisers; the default's first. */
  public static List<String> names() {
    return ALL.stream().map(Optimiser::name).toList();
  }

  /** The optimiser of a name; empty where none has it. */
  public static Optional<Optimiser> named(String name) {
    return ALL.stream().filter(optimiser -> optimiser.name().equals(name)).findFirst();
  }

  /**
   * Puts accelerated optimisers in the place of DL4J's in a network that is trained on a worker.
   * Those that no optimiser here accelerates stay. The network's configuration stays too.
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
