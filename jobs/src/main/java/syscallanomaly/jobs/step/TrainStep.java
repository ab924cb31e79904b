package syscallanomaly.jobs.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.checkpoint.CheckpointFile;
import syscallanomaly.jobs.checkpoint.Checkpoints;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.progress.StepProgress;
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
import syscallanomaly.train.TrainingProgress;
import syscallanomaly.vocabulary.Vocabulary;

/**
 * Trains the model. It reads {@code windows/} and writes {@code model.json} with the model that it
 * names, {@code checkpoints/} and the table {@code epochs}. It goes on from where an earlier
 * attempt was interrupted.
 */
final class TrainStep implements Step {
  @Override
  public StepName name() {
    return StepName.TRAIN;
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
    Checkpoints checkpoints = new Checkpoints(context, Provenance.ofTraining(context, madeFrom));
    Trainer trainer = context.library().trainer(context.workers()).withCheckpoints(checkpoints);
    int tasks = context.spark().sparkContext().defaultParallelism();
    context
        .progress()
        .say(new SharedBatch(configuration.training(), context.workers(), tasks).line());
    try (ShownTraining progress = new ShownTraining(context)) {
      TrainedModel trained = trainer.train(network, training, heldOut, progress);
      writeModel(context, vocabulary, trained);
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

  private static void writeModel(JobContext context, Vocabulary vocabulary, TrainedModel trained)
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
            versions(context));
    new PublishedModel(context.folder()).replace(model, manifest);
  }

  private static Map<String, String> versions(JobContext context) {
    Map<String, String> versions = new TreeMap<>();
    versions.put("syscall-anomaly", CodeVersion.text());
    versions.put("spark", context.spark().version());
    versions.put("deeplearning4j", CodeVersion.deeplearning4j());
    versions.put("java", System.getProperty("java.version"));
    return versions;
  }

  /** Shows the progress of each epoch, and keeps its model. */
  private static final class ShownTraining implements TrainingProgress, AutoCloseable {
    private final JobContext context;
    private StepProgress shown;

    ShownTraining(JobContext context) {
      this.context = context;
    }

    @Override
    public void epochStarted(int epoch, long sequences) {
      if (sequences == 0) {
        return;
      }
      int epochs = context.configuration().training().epochs();
      shown =
          context
              .progress()
              .start(
                  "train, epoch %d of at most %d".formatted(epoch, epochs),
                  context.configuration().readsTraces() ? "traces" : "windows",
                  sequences);
    }

    @Override
    public void roundEnded(int epoch, long sequences) {
      shown.advance(sequences);
    }

    @Override
    public void epochEnded(EpochResult result, Supplier<byte[]> model) {
      close();
      context
          .progress()
          .say(
              "epoch %d: loss %.4f, accuracy %.4f; held-out loss %.4f, accuracy %.4f"
                  .formatted(
                      result.epoch(),
                      result.loss(),
                      result.accuracy(),
                      result.heldOutLoss(),
                      result.heldOutAccuracy()));
      RunFolder folder = context.folder();
      try {
        folder.writeAtomically(
            CheckpointFile.ofModel(folder.checkpoints(), result.epoch()).path(), model.get());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      if (shown != null) {
        shown.close();
        shown = null;
      }
    }
  }
}
