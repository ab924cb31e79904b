package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.LayerSummary;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.score.fitted.DetectorFolder;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.train.WarmStart;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * The model that a training starts from, as {@code training.start-from} names it.
 *
 * <p>It must have held out the same traces. The detectors of this run are calibrated with held-out
 * traces, and would promise too few alarms if the model had learned from them before.
 *
 * @param place folder of the detector that the model belongs to
 * @param stored the model
 * @param origin what manifests say of it
 */
record StartingModel(Path place, DetectorFolder.StoredModel stored, ModelManifest.Start origin) {
  private static final List<String> HELD_OUT_BY =
      List.of("run.seed", "sequences.hold-out.rule", "sequences.hold-out.fraction");
  private static final String OTHERWISE = "or set training.start-from = none";

  /**
   * Reads the model.
   *
   * @return empty if the seed draws all parameters
   * @throws UnusableInputException if there is no such model, or if it held out other traces
   */
  static Optional<StartingModel> read(JobContext context) throws IOException {
    if (context.configuration().start().isFresh()) {
      return Optional.empty();
    }
    Path place =
        new DetectorPlace(
                context.folder().workspace(), context.spark().sparkContext().hadoopConfiguration())
            .find(context.configuration().start().from());
    DetectorFolder folder = new DetectorFolder(context.spark(), place);
    DetectorFolder.StoredModel stored = folder.languageModel();
    StartingModel start =
        new StartingModel(
            folder.root(),
            stored,
            new ModelManifest.Start(stored.detector().run(), DigestUtils.sha256Hex(folder.json())));
    start.requireSameHeldOut(context.configuration().masked());
    return Optional.of(start);
  }

  private void requireSameHeldOut(Map<String, Object> here) {
    Map<String, Object> there = stored.detector().configuration();
    for (String key : HELD_OUT_BY) {
      String now = String.valueOf(here.get(key));
      String then = String.valueOf(there == null ? null : there.get(key));
      if (!now.equals(then)) {
        throw new UnusableInputException(
            "Cannot start the training from %s: it was made with %s = %s, and it is %s here, so its model may know traces that are held out here; set %s as there, %s"
                .formatted(place, key, then, now, key, OTHERWISE));
      }
    }
  }

  /**
   * Carries the parameters over to a network that has just been initialised.
   *
   * @return what the user is told
   * @throws UnusableInputException if the network has other layers
   */
  String carryOver(MultiLayerNetwork network, Vocabulary vocabulary) {
    MultiLayerNetwork from = stored.model().network();
    WarmStart start = new WarmStart(from, stored.vocabulary());
    if (LanguageModel.readsTraces(from) != LanguageModel.readsTraces(network)
        || !start.fits(network, vocabulary)) {
      throw new UnusableInputException(
          "Cannot start the training from %s: its network is %s, and this run's is %s; set the keys of network and training.unit as there, %s"
              .formatted(place, description(from), description(network), OTHERWISE));
    }
    int known = start.carryOver(network, vocabulary);
    return "train: starts from the model of run %s (%s), which knows %d of %d calls"
        .formatted(origin.run(), place, known, vocabulary.size() - 1);
  }

  private static String description(MultiLayerNetwork network) {
    return String.join(", ", LayerSummary.of(network).stream().map(LayerSummary::name).toList())
        + (LanguageModel.readsTraces(network) ? " for whole traces" : " for windows");
  }
}
