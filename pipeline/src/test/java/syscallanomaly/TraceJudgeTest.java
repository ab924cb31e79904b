package syscallanomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.score.ScoreSettings;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.train.TrainedModel;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.DropIn;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.WindowSettings;

/** Fits a detector to a folder of traces and judges others: the example of library.md. */
@ExtendWith(SparkExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class TraceJudgeTest {
  @TempDir private static Path folder;
  private static final List<Integer> USUAL = calls(70, 30, 1);
  private static final List<Integer> ODD = calls(70, 2, 4).stream().map(call -> call + 5).toList();

  private SyscallAnomaly anomaly;
  private TraceSet normal;
  private Vocabulary vocabulary;
  private TrainedModel trained;
  private TraceJudge judge;
  private Judgement ofFolder;

  private static List<Integer> calls(int count, int first, int step) {
    return IntStream.range(0, count).mapToObj(i -> 1 + (first + i * step) % 5).toList();
  }

  private static String text(List<Integer> calls) {
    return calls.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  /**
   * Normal traces repeat 1 2 3 4 5, and the trace "usual" is one of them. The trace "odd" goes the
   * other way, through other calls.
   */
  @BeforeAll
  void fit(SparkSession spark) throws IOException {
    Path traces = Files.createDirectories(folder.resolve("normal"));
    for (int i = 0; i < 60; i++) {
      Files.writeString(traces.resolve("trace-%02d".formatted(i)), text(calls(40 + i, i, 1)));
    }
    Path unknown = Files.createDirectories(folder.resolve("new"));
    Files.writeString(unknown.resolve("usual"), text(USUAL));
    Files.writeString(unknown.resolve("odd"), text(ODD));
    anomaly =
        SyscallAnomaly.on(spark)
            .withWindows(new WindowSettings(6, 0))
            .withSequences(
                new SequenceSettings(
                    true, new DropIn(false, 1), new HoldOut(HoldOut.Rule.TRACE, 0.5, 0.7)))
            .withNetwork(new NetworkSettings(List.of(12), 0.1, 4))
            .withTraining(
                TrainingSettings.builder().epochs(2).batchSize(4).learningRate(0.02).build());
    normal = anomaly.traces(traces.toString());
    vocabulary = anomaly.vocabulary(normal.traces());
    trained = anomaly.train(anomaly.sequences(normal.traces(), vocabulary), vocabulary);
    anomaly.fit(normal, vocabulary, trained, folder.resolve("run/detector").toString());
    judge = TraceJudge.load(spark, folder.resolve("run").toString());
    ofFolder = judge.judge(unknown.toString());
  }

  @AfterAll
  void close() {
    judge.close();
  }

  @Test
  void everyDetectorJudgesEachTraceOfAFolder() {
    Dataset<Row> rows = ofFolder.rows(0.1);

    assertThat(rows.columns())
        .containsExactly("trace_id", "detector", "calls", "score", "p_value", "alarm", "part");
    assertThat(rows.count()).isEqualTo(2L * ScoreSettings.DEFAULT.detectors().size());
    assertThat(
            rows.where("detector IN ('ensemble', 'lstm', 'stide')")
                .orderBy("detector", "trace_id")
                .select("detector", "trace_id", "calls", "alarm")
                .collectAsList()
                .toString())
        .isEqualTo(
            "[[ensemble,odd,70,true], [ensemble,usual,70,false], [lstm,odd,70,true], [lstm,usual,70,false], [stide,odd,70,true], [stide,usual,70,false]]");
  }

  @Test
  void aDatasetIsJudgedAsItsFilesAre(SparkSession spark) {
    Dataset<Row> traces =
        spark
            .sql("SELECT 'usual' AS trace_id, array(%s) AS calls".formatted(comma(USUAL)))
            .union(spark.sql("SELECT 'odd', array(%s)".formatted(comma(ODD))));
    Judgement ofDataset = judge.judge(traces);

    assertThat(ofDataset.rows(0.1).orderBy("detector", "trace_id").collectAsList())
        .isEqualTo(ofFolder.rows(0.1).orderBy("detector", "trace_id").collectAsList());
    assertThat(ofDataset.rejects().count()).isZero();
    assertThatThrownBy(() -> judge.judge(traces.drop("trace_id")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("they have no column 'trace_id' of type string");
  }

  private static String comma(List<Integer> calls) {
    return text(calls).replace(' ', ',');
  }

  @Test
  void theReasonsNameCalls() {
    List<Row> reasons = ofFolder.reasons(0.1, 1, 2).collectAsList();

    assertThat(reasons).hasSize(1);
    Row odd = reasons.get(0);
    assertThat(odd.<String>getAs("trace_id")).isEqualTo("odd");
    assertThat(odd.<Boolean>getAs("alarm")).isTrue();
    assertThat(odd.<Long>getAs("unknown_calls")).isEqualTo(70);
    assertThat(odd.<Double>getAs("unseen_share")).isEqualTo(1);
    // The calls 8 7 6 10 9 8.
    assertThat(odd.<String>getList(odd.fieldIndex("first_unseen")))
        .containsExactly("creat", "waitpid", "close", "unlink", "link", "creat");
    List<Row> least = odd.getList(odd.fieldIndex("least_expected"));
    assertThat(least).hasSize(2);
    assertThat(least.get(0).<String>getAs("name"))
        .isIn("close", "waitpid", "creat", "link", "unlink");
    assertThat(least.get(0).<Double>getAs("negative_log_likelihood"))
        .isGreaterThanOrEqualTo(least.get(1).<Double>getAs("negative_log_likelihood"));
  }

  @Test
  void whatCannotBeReadIsTold() throws IOException {
    Path mixed = Files.createDirectories(folder.resolve("mixed"));
    for (int i = 0; i < 100; i++) {
      Files.writeString(mixed.resolve("trace-" + i), text(calls(20, i, 1)));
    }
    Files.writeString(mixed.resolve("broken"), "3 4 x");

    assertThat(judge.judge(mixed.toString()).rejects().select("split", "reason").collectAsList())
        .hasToString("[[observed,position 3: 'x' is not a number]]");
    Files.writeString(mixed.resolve("broken-too"), "y");
    assertThatThrownBy(() -> judge.judge(mixed.toString()))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageContaining("2 of 102 files rejected");
  }

  @Test
  void aDetectorIsNeitherMissingNorReplaced(SparkSession spark) {
    assertThatThrownBy(() -> TraceJudge.load(spark, folder.resolve("nowhere").toString()))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageContaining("the folder has no detector.json");
    String taken = folder.resolve("run/detector").toString();
    assertThatThrownBy(() -> anomaly.fit(normal, vocabulary, trained, taken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot fit a detector in %s: there is one; name another folder, or delete this one",
            taken);
  }
}
