package syscallanomaly;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.Updates.rmsProp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.score.TestTraces;
import syscallanomaly.score.lstm.FittedLstm;
import syscallanomaly.trace.Split;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.vocabulary.VocabularyBuilder;
import syscallanomaly.vocabulary.VocabularySettings;
import syscallanomaly.window.DataProfiler;
import syscallanomaly.window.DropIn;
import syscallanomaly.window.HoldOut;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;
import syscallanomaly.window.WindowSettings;

/** What takes a Dataset refuses one that lacks a column before Spark does anything. */
@ExtendWith(SparkExtension.class)
class ColumnsAtDoorsTest {
  private static final Vocabulary VOCABULARY = Vocabulary.fixed(10);
  private static final WindowCutter CUTTER =
      new WindowCutter(VOCABULARY, new WindowSettings(3, /* limit= */ 0));
  private static final SequenceSettings SETTINGS =
      new SequenceSettings(
          /* distinct= */ true, new DropIn(false, 1), new HoldOut(HoldOut.Rule.TRACE, 0.5));

  private Dataset<Row> traces;

  @BeforeEach
  void makeTraces(SparkSession spark) {
    traces = Traces.of(spark, Traces.calls(1, 2, 3));
  }

  @Test
  void whatTakesTracesNeedsTheirCalls() {
    Dataset<Row> wrong = traces.drop("calls");
    Map<String, ThrowingCallable> doors = new LinkedHashMap<>();
    doors.put(
        "build",
        () ->
            VocabularyBuilder.build(
                wrong, new VocabularySettings(VocabularySettings.Mode.FIXED, 10)));
    doors.put("withinLimit", () -> CUTTER.withinLimit(wrong));
    doors.put("cut", () -> CUTTER.cut(wrong));
    doors.put("wholeTraces", () -> CUTTER.wholeTraces(wrong));
    doors.put("shorterThanAWindow", () -> CUTTER.shorterThanAWindow(wrong));
    doors.put(
        "profile", () -> new DataProfiler(VOCABULARY, CUTTER).profile(Split.TRAINING, wrong, 0));
    doors.put("of", () -> TrainingSequences.of(wrong, CUTTER, SETTINGS, 1));
    doors.put("ofWholeTraces", () -> TrainingSequences.ofWholeTraces(wrong, CUTTER, SETTINGS, 1));
    doors.put("normal", () -> NormalTraces.of(wrong, 2, 1));
    Dataset<Row> contents = TestTraces.contents(traces);
    doors.put("contents", () -> TestTraces.contents(wrong));
    doors.put("validation", () -> TestTraces.of(contents, wrong, Optional.empty(), 11));
    doors.put("attack", () -> TestTraces.of(contents, traces, Optional.of(wrong), 11));

    assertRefused(
        doors,
        "Cannot use these traces: they have no column 'calls' of type array<int>;"
            + " their columns are ordinal, trace_id, family");
  }

  @Test
  void whatTakesTracesOfSeveralSplitsNeedsTheirSplit(SparkSession spark) {
    try (FittedLstm lstm = new FittedLstm(model(spark), CUTTER)) {
      assertRefused(
          Map.of(
              "cutPadded", () -> CUTTER.cutPadded(traces),
              "lstm", () -> lstm.score(traces)),
          "Cannot use these traces: they have no column 'split' of type string;"
              + " their columns are ordinal, trace_id, family, calls");
    }
  }

  @Test
  void testTracesNeedNames() {
    Dataset<Row> nameless = traces.drop("trace_id");
    Dataset<Row> contents = TestTraces.contents(nameless);
    assertRefused(
        Map.of("validation", () -> TestTraces.of(contents, nameless, Optional.empty(), 11)),
        "Cannot use these traces: they have no column 'trace_id' of type string;"
            + " their columns are ordinal, family, calls");
  }

  @Test
  void testTracesNeedTheContentsOfTheTrainingTraces() {
    assertRefused(
        Map.of("training", () -> TestTraces.of(traces, traces, Optional.empty(), 11)),
        "Cannot use these contents: they have no column 'content' of type binary;"
            + " their columns are ordinal, trace_id, family, calls");
  }

  @Test
  void whatTakesSequencesNeedsThem(SparkSession spark) {
    try (DistributedModel model = model(spark)) {
      assertRefused(
          Map.of(
              "predict", () -> model.predict(traces),
              "predictTraces", () -> model.predictTraces(traces),
              "totals", () -> model.totals(traces),
              "totals in tasks", () -> model.totals(traces, 2)),
          "Cannot use these sequences: they have no column 'sequence' of type array<int>;"
              + " their columns are ordinal, trace_id, family, calls");

      Dataset<Row> weighted =
          CUTTER.wholeTraces(traces).withColumn("multiplicity", functions.lit(1));
      assertRefused(
          Map.of(
              "totals", () -> model.totals(weighted),
              "totals in tasks", () -> model.totals(weighted, 2)),
          "Cannot use these sequences: column 'multiplicity' is of type int and must be of type"
              + " bigint; cast it");
    }
  }

  private static DistributedModel model(SparkSession spark) {
    NetworkSettings settings = new NetworkSettings(List.of(2), 0, 0);
    return new DistributedModel(
        spark, new LanguageModel(NetworkBuilder.build(settings, 10, 2, rmsProp(0.001), 1)), 2);
  }

  private static void assertRefused(Map<String, ThrowingCallable> doors, String message) {
    doors.forEach(
        (door, call) ->
            assertThatThrownBy(call)
                .as(door)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message));
  }
}
