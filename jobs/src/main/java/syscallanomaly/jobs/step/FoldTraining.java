package syscallanomaly.jobs.step;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import syscallanomaly.SyscallAnomaly;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.lstm.LstmFolds;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.SequenceContent;
import syscallanomaly.window.TrainingSequences;

/**
 * Finds models for the calibration of the LSTM's detectors. With one fold, the run's own model
 * scores the held-out traces that did not choose its epoch. With several, a model is trained for
 * each fold, on the traces of the others, as the run's own was trained on all.
 */
final class FoldTraining {
  private final JobContext context;
  private final Vocabulary vocabulary;

  FoldTraining(JobContext context, Vocabulary vocabulary) {
    this.context = context;
    this.vocabulary = vocabulary;
  }

  /**
   * Trains the models that are needed. A fold of the LSTM consists of every n-th fold of the normal
   * traces.
   *
   * @param model the run's own model
   * @param traces training traces, cut at {@code windows.limit}
   * @param normal the same traces in their folds
   */
  LstmFolds folds(LanguageModel model, Dataset<Row> traces, NormalTraces normal) {
    int folds = context.configuration().scoring().lstmFolds();
    if (folds == 1) {
      Column calibrating =
          TrainingSequences.calibrating(
              traces,
              context.configuration().sequences().holdOut(),
              context.configuration().run().seed());
      return new Folds(List.of(calibrating), List.of(model));
    }
    List<Column> conditions = new ArrayList<>();
    List<LanguageModel> models = new ArrayList<>();
    Dataset<Row> keyed = traces.withColumn(CONTENT, SequenceContent.of(col(CALLS)));
    for (int fold = 0; fold < folds; fold++) {
      Column inFold = col(NormalTraces.FOLD).mod(folds).equalTo(fold);
      Dataset<Row> others = normal.traces().where(not(inFold)).select(CONTENT);
      conditions.add(inFold);
      models.add(
          train(
              keyed.join(others, new String[] {CONTENT}, "left_semi").drop(CONTENT), fold, folds));
    }
    return new Folds(conditions, models);
  }

  private LanguageModel train(Dataset<Row> traces, int fold, int folds) {
    SyscallAnomaly library = context.library();
    TrainingSequences sequences = library.sequences(traces, vocabulary);
    // Training reads the sequences once an epoch.
    Dataset<Row> training = sequences.training().persist(StorageLevel.DISK_ONLY());
    Dataset<Row> heldOut = sequences.heldOut().persist(StorageLevel.DISK_ONLY());
    String name = "fit, lstm without fold %d of %d".formatted(fold + 1, folds);
    try (ShownTraining shown = new ShownTraining(context, name)) {
      if (training.isEmpty() || heldOut.isEmpty()) {
        throw new UnusableInputException(
            "Cannot fit lstm: without fold %d of %d, no sequence is left to train on or to hold out; give more traces, or set scoring.lstm-folds = 1"
                .formatted(fold + 1, folds));
      }
      return library
          .trainer(context.workers())
          .train(
              library.network(
                  context.configuration().training().unit(), vocabulary.size(), context.workers()),
              training,
              heldOut,
              shown)
          .model();
    } finally {
      training.unpersist();
      heldOut.unpersist();
    }
  }

  private record Folds(List<Column> conditions, List<LanguageModel> models) implements LstmFolds {
    @Override
    public int count() {
      return models.size();
    }

    @Override
    public Column traces(int fold) {
      return conditions.get(fold);
    }

    @Override
    public LanguageModel model(int fold) {
      return models.get(fold);
    }
  }
}
