package syscallanomaly.train.averaging;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;

/**
 * The settings that change from one mini-batch to the next.
 *
 * @param learningRate learning rate of each worker, at least 0
 * @param truncation number of calls that back-propagation goes back in a whole trace, at least 1
 */
public record BatchSettings(double learningRate, int truncation) {

  /** Sets learning rate and truncation in a worker's network. */
  void applyTo(MultiLayerNetwork network) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    configuration.setTbpttFwdLength(truncation);
    configuration.setTbpttBackLength(truncation);
    // MultiLayerNetwork.setLearningRate would build a new updater.
    for (UpdaterBlock block : ((MultiLayerUpdater) network.getUpdater()).getUpdaterBlocks()) {
      block.getGradientUpdater().getConfig().setLrAndSchedule(learningRate, null);
    }
  }
}
