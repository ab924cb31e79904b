package syscallanomaly.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.evaluate.Comparison;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.trace.RejectCount;
import syscallanomaly.trace.Split;
import syscallanomaly.train.EpochResults;
import syscallanomaly.window.DataProfile;

/** Writes small rows into every metric table. */
final class MetricRows {
  static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

  private MetricRows() {}

  static void write(MetricTables tables, String run, int traces) {
    tables.replaceRun(
        run, new RunRow(START, null, "running", "{}", "c0", "0.1", "f0", 1, "3.5", 2));
    tables.replaceSteps(run, List.of(new StepRow("train", "done", START, 7L)));
    tables.replaceRejects(run, List.of(new RejectCount(Split.TRAINING, "is empty", 2)));
    tables.replaceDataProfile(
        run, List.of(new DataProfile(Split.TRAINING, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)));
    tables.replaceEpochs(
        run,
        List.of(
            EpochResults.of(1, 2.5, .25, 2, .375, 10, 100, 3, false),
            EpochResults.of(2, 1.5, .5, 1, .625, 11, 90, 4, true)));
    tables.replaceNextCall(run, List.of(new NextCall(Split.ATTACK, 7, 0, .5, .75)));
    writeScores(tables, run, traces);
    tables.replaceDetection(
        run,
        List.of(
            new Detection(
                "lstm",
                "all",
                Population.DISTINCT,
                4,
                3,
                .75,
                .5,
                1.,
                .01,
                .05,
                .04,
                .06,
                .1,
                .09,
                .11,
                .15,
                .2,
                .19,
                .21,
                .9,
                null,
                null)));
    tables.replaceAlarms(run, scores(tables, traces));
    tables.replaceOperatingPoints(
        run,
        List.of(
            new OperatingPoint(
                "lstm", Population.WITHOUT_EXECVE, .05, null, 0, 0., .1, null, null, null)));
    tables.replaceComparisons(
        run, List.of(new Comparison("lstm", "stide", Population.OFFICIAL, .25, -.5, .75)));
    tables.replacePromotion(
        run,
        "promote",
        List.of(
            new PromotionRow(
                START, null, run, "promote", true, PromotionRow.DECISION, null, null, "first")));
  }

  static void writeScores(MetricTables tables, String run, int traces) {
    tables.replaceTraceScores(run, scores(tables, traces));
    tables.replaceRoc(
        run,
        List.of(
            new RocPoint("lstm", Population.OFFICIAL, Double.POSITIVE_INFINITY, 0, 0),
            new RocPoint("lstm", Population.OFFICIAL, 1.5, .25, 1)));
  }

  static Dataset<Row> scores(MetricTables tables, int traces) {
    return tables
        .table(MetricTable.RUNS)
        .sparkSession()
        .range(0, traces, 1, 4)
        .select(
            lit(false).as("distinct"),
            lit(true).as("alarm"),
            lit(.5).as("p_value"),
            col("id").plus(1).cast("double").as("score"),
            lit(10L).as("calls"),
            col("id").cast("string").as("trace_id"),
            lit("Adduser").as("family"),
            lit("attack").as("split"),
            lit("stide").as("part"),
            lit("lstm").as("detector"));
  }
}
