package syscallanomaly.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.evaluate.Comparison;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.trace.RejectCount;
import syscallanomaly.trace.Split;
import syscallanomaly.warehouse.MetricTable;
import syscallanomaly.warehouse.MetricTables;
import syscallanomaly.warehouse.PromotionRow;
import syscallanomaly.warehouse.RunRow;
import syscallanomaly.warehouse.StepRow;

/** Rows with the values that go wrong between two engines, if any do. */
public final class OddRows {
  /** Microseconds, and an hour that is left out where clocks change. */
  public static final Instant START = Instant.parse("2026-03-29T02:30:59.999999Z");

  /** The double after 1/10, and the smallest one above 0. */
  private static final double AFTER_A_TENTH = Math.nextUp(.1);

  private OddRows() {}

  /**
   * Replaces the rows of a run in most tables.
   *
   * @param traces number of rows in {@code trace_scores}
   * @param finished when the run ended; null while it is running
   */
  public static void write(MetricTables tables, String run, int traces, Instant finished) {
    tables.replaceSteps(
        run,
        List.of(
            new StepRow("train", "done", START, 61L), new StepRow("fit", "running", START, null)));
    tables.replaceRejects(
        run, List.of(new RejectCount(Split.TRAINING, "is \"empty\" or 'odd' \\ ü 😀\n\t", 2)));
    tables.replaceNextCall(
        run,
        List.of(
            new NextCall(Split.ATTACK, Long.MAX_VALUE, Double.MIN_VALUE, AFTER_A_TENTH, -0.0),
            new NextCall(Split.VALIDATION, 7, Double.NaN, 1. / 3, 2. / 3)));
    tables.replaceRoc(
        run,
        List.of(
            new RocPoint("lstm", Population.OFFICIAL, Double.POSITIVE_INFINITY, 0, 0),
            new RocPoint("lstm", Population.OFFICIAL, Double.NEGATIVE_INFINITY, 1, 1)));
    tables.replaceOperatingPoints(
        run,
        List.of(
            new OperatingPoint(
                "lstm", Population.OFFICIAL, .05, null, .1, Double.NaN, null, .3, .2, .4)));
    tables.replacePromotion(
        run,
        "promote",
        List.of(
            new PromotionRow(
                START, null, null, "promote", false, PromotionRow.DECISION, null, null, "it's odd"),
            new PromotionRow(
                START, null, null, "promote", null, "loss", Double.NaN, 1. / 3, "no \"loss\"")));
    tables.replaceComparisons(
        run,
        List.of(
            new Comparison("ensemble", "lstm", Population.DISTINCT, .02, .01, .03),
            new Comparison("ensemble", "stide", Population.DISTINCT, -.02, -.05, .01)));
    tables.replaceTraceScores(run, scores(tables, traces));
    tables.replaceAlarms(
        run, scores(tables, traces).where(col("alarm")).withColumn("part", lit("stide")));
    tables.replaceRun(
        run,
        new RunRow(
            START,
            finished,
            finished == null ? "running" : "succeeded",
            "{\"windows.length\":20,\"odd\":\"'\\\\ü\"}",
            "c0",
            "0.1",
            "",
            Long.MIN_VALUE,
            "3.5",
            2));
  }

  private static Dataset<Row> scores(MetricTables tables, int traces) {
    return tables
        .table(MetricTable.RUNS)
        .sparkSession()
        .range(0, traces, 1, 4)
        .select(
            lit("lstm").as("detector"),
            when(col("id").mod(3).equalTo(0), "attack")
                .when(col("id").mod(3).equalTo(1), "observed")
                .otherwise("validation")
                .as("split"),
            when(col("id").mod(3).equalTo(0), "Adduser").as("family"),
            col("id").cast("string").as("trace_id"),
            col("id").plus(1).as("calls"),
            lit(1.).divide(col("id").plus(3)).as("score"),
            lit(1.).divide(col("id").plus(1)).as("p_value"),
            col("id").gt(20).as("alarm"));
  }
}
