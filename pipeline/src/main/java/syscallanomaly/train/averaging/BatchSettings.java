package syscallanomaly.train.averaging;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;

/**
 * What a mini-batch is trained with, other than those before it.
 *
 * @param learningRate of each worker, at least 0
 * @param truncation calls of a whole trace that back-propagation goes back, at least 1
 */
public record BatchSettings(double learningRate, int truncation) {

  /** Sets them in a worker's network. */
  void applyTo(MultiLayerNetwork network) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    configuration.setTbpttFwdLength(truncation);
    configuration.setTbpttBackLength(truncation);
    // MultiLayerNetwork.setLearningRate would build a new updater for it.
    for (UpdaterBlock block : ((MultiLayerUpdater) network.getUpdater()).getUpdaterBlocks()) {
      block.getGradientUpdater().getConfig().setLrAndSchedule(learningRate, null);
    }
  }
}
