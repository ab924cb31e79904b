package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.checkpoint.Checkpoints;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.provenance.Provenance;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.model.LayerSummary;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.train.DivergedTrainingException;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.TrainedModel;
import syscallanomaly.train.Trainer;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * Trains the model. It reads {@code windows/} and writes {@code model.json} with the model that it
 * names, {@code checkpoints/} and the table {@code epochs}. It goes on from where an earlier
 * attempt was interrupted, and may start from the model of another run.
 */
final class TrainStep implements Step {
  @Override
  public StepName name() {
    return StepName.TRAIN;
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public void run(JobContext context) throws IOException {
    Configuration configuration = context.configuration();
    RunFolder folder = context.folder();
    StepOutput output = new StepOutput(context);
    Vocabulary vocabulary = output.vocabulary();
    Provenance madeFrom = output.requireSameWindows(vocabulary, name());
    WindowsFolder.Published sequences = new WindowsFolder(context).published();
    Dataset<Row> training = nonEmpty(sequences.training(), WindowsFolder.TRAINING);
    Dataset<Row> heldOut = nonEmpty(sequences.heldOut(), WindowsFolder.HELD_OUT);
    MultiLayerNetwork network =
        context
            .library()
            .network(configuration.training().unit(), vocabulary.size(), context.workers());
    Optional<StartingModel> start = StartingModel.read(context);
    if (start.isPresent()) {
      context.progress().say(start.get().carryOver(network, vocabulary));
    }
    Provenance provenance =
        Provenance.ofTraining(
            context, madeFrom, start.map(from -> from.origin().detectorHash()).orElse("none"));
    Checkpoints checkpoints = new Checkpoints(context, provenance);
    Trainer trainer = context.library().trainer(context.workers()).withCheckpoints(checkpoints);
    int tasks = context.spark().sparkContext().defaultParallelism();
    context
        .progress()
        .say(new SharedBatch(configuration.training(), context.workers(), tasks).line());
    try (ShownTraining progress = ShownTraining.keepingModels(context)) {
      TrainedModel trained = trainer.train(network, training, heldOut, progress);
      writeModel(context, vocabulary, trained, start);
      context.tables().replaceEpochs(folder.runId(), trained.epochs());
    } catch (DivergedTrainingException e) {
      checkpoints.deleteAll();
      throw e.withFix(
          "lower training.learning-rate, which is %s, or set training.gradient-norm-limit"
              .formatted(configuration.values().get("training.learning-rate")));
    }
    checkpoints.trainingIsOver();
  }

  private static Dataset<Row> nonEmpty(Dataset<Row> sequences, String part) {
    if (sequences.isEmpty()) {
      throw new UnusableInputException(
          "Cannot train: there are no %s sequences; give more or longer traces, or change windows.length or sequences.hold-out.fraction"
              .formatted(part));
    }
    return sequences;
  }

  private static void writeModel(
      JobContext context,
      Vocabulary vocabulary,
      TrainedModel trained,
      Optional<StartingModel> start)
      throws IOException {
    Configuration configuration = context.configuration();
    MultiLayerNetwork network = trained.model().network();
    EpochResult kept =
        trained.epochs().stream().filter(EpochResult::kept).findFirst().orElseThrow();
    byte[] model = trained.model().toBytes();
    String sha256 = DigestUtils.sha256Hex(model);
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.fileOf(sha256),
            sha256,
            vocabulary.hash(),
            configuration.modelWindowLength(),
            network.numParams(),
            LayerSummary.of(network),
            kept.epoch(),
            kept.heldOutLoss(),
            configuration.run().seed(),
            context.manifest().acceptedTraces().get(Split.TRAINING),
            configuration.masked(),
            CodeVersion.all(context.spark()),
            start.map(StartingModel::origin).orElse(null));
    new PublishedModel(context.folder()).replace(model, manifest);
  }
}
