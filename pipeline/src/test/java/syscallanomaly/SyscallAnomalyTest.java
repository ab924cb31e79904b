package syscallanomaly;

import static org.apache.spark.sql.functions.desc;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.TrainedModel;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.DropIn;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowSettings;

/** The example in {@link SyscallAnomaly}'s documentation and in library.md, on a small folder. */
@ExtendWith(SparkExtension.class)
class SyscallAnomalyTest {
  @TempDir private Path folder;

  private static String calls(int count, int first, int step) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.valueOf(1 + (first + i * step) % 5))
        .collect(Collectors.joining(" "));
  }

  /**
   * Normal traces repeat 1 2 3 4 5; the trace "odd" goes the other way.
   *
   * @param lengths number of lengths of the normal traces, from 40 calls on
   */
  private void writeTraces(int lengths) throws IOException {
    Path normal = Files.createDirectories(folder.resolve("normal"));
    for (int i = 0; i < 24; i++) {
      Files.writeString(normal.resolve("trace-%02d".formatted(i)), calls(40 + i % lengths, i, 1));
    }
    Path unknown = Files.createDirectories(folder.resolve("new"));
    Files.writeString(unknown.resolve("usual"), calls(40, 2, 1));
    Files.writeString(unknown.resolve("odd"), calls(40, 2, 4));
  }

  @Test
  void theExampleTrainsOnAFolderAndScoresATrace(SparkSession spark) throws IOException {
    writeTraces(24);

    SyscallAnomaly anomaly =
        SyscallAnomaly.on(spark)
            .withWindows(new WindowSettings(6, 0))
            .withSequences(
                new SequenceSettings(
                    false, new DropIn(false, 1), new HoldOut(HoldOut.Rule.TRACE, 0.1)))
            .withNetwork(new NetworkSettings(List.of(12), 0.1, 4))
            .withTraining(
                TrainingSettings.builder()
                    .epochs(3)
                    .batchSize(8)
                    .learningRate(0.02)
                    .averagingFrequency(4)
                    .workers(2)
                    .build());
    Dataset<Row> normal = anomaly.traces(folder.resolve("normal").toString()).traces();
    Vocabulary vocabulary = anomaly.vocabulary(normal);
    TrainingSequences sequences = anomaly.sequences(normal, vocabulary);
    TrainedModel trained = anomaly.train(sequences, vocabulary);
    List<Row> scores;
    try (DistributedModel model = anomaly.distribute(trained.model())) {
      Dataset<Row> unknown = anomaly.traces(folder.resolve("new").toString()).traces();
      scores = anomaly.score(unknown, model, vocabulary).orderBy(desc("score")).collectAsList();
    }

    assertThat(scores).extracting(row -> row.getString(0)).containsExactly("odd", "usual");
    assertThat(scores.get(0).getDouble(1)).isGreaterThan(scores.get(1).getDouble(1) + 1);
    assertThat(trained.epochs()).hasSize(3).filteredOn(EpochResult::kept).hasSize(1);
  }

  @Test
  void wholeTracesAreAnotherSetting(SparkSession spark) throws IOException {
    writeTraces(1);

    SyscallAnomaly anomaly =
        SyscallAnomaly.on(spark)
            .withSeed(3)
            .withTraining(TrainingSettings.builder().unit(SequenceKind.TRACES).build());
    Dataset<Row> normal = anomaly.traces(folder.resolve("normal").toString()).traces();
    TrainingSequences sequences = anomaly.sequences(normal, anomaly.vocabulary(normal));

    // Five different traces stand for all.
    assertThat(sequences.training().count()).isEqualTo(5);
    assertThat(sequences.training().head().<Integer>getList(1)).hasSize(40);
    assertThat(anomaly.network(SequenceKind.TRACES, 6, 1).numParams())
        .isEqualTo(new NetworkSettings(List.of(64, 256, 100), 0.2, 0).parameters(6));
  }
}
