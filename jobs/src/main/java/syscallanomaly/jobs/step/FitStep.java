package syscallanomaly.jobs.step;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.StepState;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.ModelManifest;
import syscallanomaly.score.DetectorFamily;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.ScoreSettings;
import syscallanomaly.score.containment.ContainmentFamily;
import syscallanomaly.score.containment.ContainmentSettings;
import syscallanomaly.score.fitted.DetectorFitting;
import syscallanomaly.score.fitted.DetectorManifest;
import syscallanomaly.score.fitted.Detectors;
import syscallanomaly.score.lstm.LstmFamily;
import syscallanomaly.score.ngram.NGramFamily;
import syscallanomaly.score.ngram.NGramSettings;
import syscallanomaly.score.stide.StideFamily;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.WindowCutter;

/**
 * Fits everything that learns from normal traces, and calibrates it. It reads the model and the
 * training traces and writes {@code detector/}.
 */
final class FitStep implements Step {
  /** Folds of the calibration. Those of the LSTM, which cost a training each, are made of these. */
  private static final int FOLDS = 10;

  /** The table that names the calls in reports. */
  private static final String CALL_TABLE = "i386";

  @Override
  public StepName name() {
    return StepName.FIT;
  }

  @Override
  public void run(JobContext context) throws IOException {
    StepOutput output = new StepOutput(context);
    Vocabulary vocabulary = output.vocabulary();
    output.requireSameWindows(vocabulary, name());
    ModelManifest manifest = PublishedModel.manifest(output, context.folder());
    LanguageModel model =
        PublishedModel.read(
            output,
            context.folder(),
            manifest,
            vocabulary,
            context.configuration().modelWindowLength());
    requireTrained(context);
    TraceSet training = new RunTraces(context).read(name(), Split.TRAINING).get(Split.TRAINING);
    WindowCutter cutter = context.library().cutter(vocabulary);
    Dataset<Row> traces = cutter.withinLimit(training.traces());
    try (NormalTraces normal = normal(traces, context.configuration())) {
      Families families = new Families(context, vocabulary, cutter, traces, normal);
      publish(context, vocabulary, normal, families.of(model, manifest));
    }
  }

  private static NormalTraces normal(Dataset<Row> traces, Configuration configuration) {
    return switch (configuration.scoring().folds()) {
      case RANDOM -> NormalTraces.of(traces, FOLDS, configuration.run().seed());
      case BLOCKS -> NormalTraces.inBlocks(traces, FOLDS);
    };
  }

  /** Requires that the windows step has not run since. It may have held out other traces. */
  private static void requireTrained(JobContext context) throws IOException {
    if (!context.manifest().state(StepName.TRAIN).equals(Optional.of(StepState.DONE))) {
      throw new UnusableInputException(
          "Cannot run the fit step: the windows of run %s are newer than its model, or the training was not completed; %s"
              .formatted(context.folder().runId(), PublishedModel.TRAIN_AGAIN));
    }
  }

  private static void publish(
      JobContext context, Vocabulary vocabulary, NormalTraces normal, List<DetectorFamily> families)
      throws IOException {
    Configuration configuration = context.configuration();
    ScoreSettings settings = configuration.scoring();
    DetectorFitting fitting =
        new DetectorFitting(
            context.spark(),
            families,
            settings.chosenEnsembles(),
            Detectors.names().stream().filter(settings.detectors()::contains).toList(),
            context.showWork("fit"));
    DetectorFitting.Origin origin =
        new DetectorFitting.Origin(
            context.folder().runId(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            configuration.run().seed(),
            CALL_TABLE,
            context.manifest().acceptedTraces().get(Split.TRAINING),
            configuration.masked(),
            CodeVersion.all(context.spark()));
    RunFolder folder = context.folder();
    new PublishedFolder(folder, folder.detector(), DetectorManifest.FILE)
        .replace(
            name -> {
              DetectorManifest manifest =
                  fitting.fit(normal, vocabulary, folder.detector(), name, origin);
              sayWhatIsLeftOut(context, settings, manifest);
              return manifest.toJson();
            });
  }

  private static void sayWhatIsLeftOut(
      JobContext context, ScoreSettings settings, DetectorManifest manifest) {
    settings.detectors().stream()
        .filter(detector -> !manifest.detectors().contains(detector))
        .forEach(
            detector ->
                context
                    .progress()
                    .say(
                        "fit: %s is left out, because no normal trace calibrates all of its parts; give more training traces, or raise scoring.lstm-folds"
                            .formatted(detector)));
  }

  /** Makes the families that the configured detectors need. */
  private record Families(
      JobContext context,
      Vocabulary vocabulary,
      WindowCutter cutter,
      Dataset<Row> traces,
      NormalTraces normal) {
    List<DetectorFamily> of(LanguageModel model, ModelManifest manifest) {
      ScoreSettings settings = context.configuration().scoring();
      List<DetectorFamily> families = new ArrayList<>();
      for (String name : Detectors.familiesOf(settings.detectors(), settings.ensembles())) {
        families.add(
            switch (name) {
              case LstmFamily.NAME ->
                  new LstmFamily(
                      context.spark(),
                      model,
                      manifest,
                      cutter,
                      new FoldTraining(context, vocabulary).folds(model, traces, normal),
                      settings.batchSize());
              case StideFamily.NAME -> new StideFamily(context.spark(), settings.stideLength());
              case NGramFamily.NAME -> new NGramFamily(NGramSettings.DEFAULT);
              case ContainmentFamily.NAME -> new ContainmentFamily(ContainmentSettings.DEFAULT);
              default -> throw new IllegalArgumentException("There is no detector family " + name);
            });
      }
      return families;
    }
  }
}
