package syscallanomaly;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.score.ScoreColumns;
import syscallanomaly.score.containment.NearestReference;
import syscallanomaly.score.fitted.DetectorScores;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.score.fitted.SurprisingCall;
import syscallanomaly.score.observed.ObservedTrace;
import syscallanomaly.score.observed.ObservedTraces;
import syscallanomaly.score.observed.UnseenGrams;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.trace.call.SystemCalls;

/** What a {@link TraceJudge} says of some traces, and why. */
public final class Judgement implements AutoCloseable {
  private static final StructType CALL =
      new StructType()
          .add("position", DataTypes.IntegerType)
          .add("call", DataTypes.IntegerType)
          .add("name", DataTypes.StringType)
          .add("negative_log_likelihood", DataTypes.DoubleType)
          .add("preceding", DataTypes.createArrayType(DataTypes.StringType));

  private static final StructType REASONS =
      new StructType()
          .add(TraceColumns.TRACE_ID, DataTypes.StringType)
          .add("copies", DataTypes.LongType)
          .add(TraceColumns.CALLS, DataTypes.LongType)
          .add(ScoreColumns.SCORE, DataTypes.DoubleType)
          .add(ScoreColumns.P_VALUE, DataTypes.DoubleType)
          .add(ScoreColumns.ALARM, DataTypes.BooleanType)
          .add(ScoreColumns.PART, DataTypes.StringType)
          .add("least_expected", DataTypes.createArrayType(CALL))
          .add("unknown_calls", DataTypes.LongType)
          .add("unseen_share", DataTypes.DoubleType)
          .add("first_unseen", DataTypes.createArrayType(DataTypes.StringType))
          .add("nearest", DataTypes.StringType);

  private final SparkSession spark;
  private final FittedDetector detector;
  private final Dataset<Row> traces;
  private final DetectorScores scores;
  private final Dataset<Row> rejects;

  /**
   * @param traces the traces, see {@link ObservedTraces#of}
   * @param scores the scores that the detector gave them
   * @param rejects what could not be read, see {@link syscallanomaly.trace.TraceSet#rejects}
   */
  Judgement(
      SparkSession spark,
      FittedDetector detector,
      Dataset<Row> traces,
      DetectorScores scores,
      Dataset<Row> rejects) {
    this.spark = spark;
    this.detector = detector;
    this.traces = traces;
    this.scores = scores;
    this.rejects = rejects;
  }

  /**
   * One row for each detector and trace: {@code trace_id}, {@code detector}, {@code calls} (their
   * number), {@code score}, {@code p_value}, {@code alarm}, and {@code part}, the part of an
   * ensemble that finds the trace most anomalous.
   *
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   */
  public Dataset<Row> rows(double falseAlarmRate) {
    return scores
        .rows(falseAlarmRate)
        .select(
            TraceColumns.TRACE_ID,
            ScoreColumns.DETECTOR,
            TraceColumns.CALLS,
            ScoreColumns.SCORE,
            ScoreColumns.P_VALUE,
            ScoreColumns.ALARM,
            ScoreColumns.PART);
  }

  /**
   * Says what is unusual in the traces that the first detector scores highest, the highest first.
   * The columns are {@code trace_id}; {@code copies}, the number of equal traces; {@code calls},
   * {@code score}, {@code p_value}, {@code alarm} and {@code part} as in {@link #rows}; {@code
   * least_expected}, an array with {@code position} (from 1), {@code call}, {@code name}, {@code
   * negative_log_likelihood} (nats) and {@code preceding} (names of the calls before it) of the
   * calls that the language model expected least; {@code unknown_calls}, the number of calls that
   * no training trace holds; {@code unseen_share}, the share of n-grams that no training trace
   * holds, and {@code first_unseen}, the first of them as names; {@code nearest}, the training
   * trace that is most alike. What the detector has no part for is null or empty.
   *
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   * @param most most traces to explain; the driver receives them without their calls
   * @param calls most calls to name in each trace
   */
  public Dataset<Row> reasons(double falseAlarmRate, int most, int calls) {
    List<Row> rows =
        new ObservedTraces(detector, SystemCalls.tables())
            .mostAnomalous(scores, traces, falseAlarmRate, most, calls).stream()
                .map(Judgement::row)
                .toList();
    return spark.createDataFrame(rows, REASONS);
  }

  /** The files that cannot be used: {@code split}, {@code file} and {@code reason}. */
  public Dataset<Row> rejects() {
    return rejects;
  }

  private static Row row(ObservedTrace trace) {
    Optional<UnseenGrams> unseen = trace.unseen().filter(grams -> grams.grams() > 0);
    return RowFactory.create(
        trace.traceId(),
        trace.copies(),
        trace.calls(),
        trace.score(),
        trace.pValue(),
        trace.alarm(),
        trace.part().orElse(null),
        trace.surprising().stream().map(Judgement::row).toArray(Row[]::new),
        trace.unknown().calls(),
        unseen.map(UnseenGrams::share).orElse(null),
        unseen.map(grams -> grams.first().toArray(String[]::new)).orElse(null),
        trace.nearest().map(NearestReference::traceId).orElse(null));
  }

  private static Row row(SurprisingCall call) {
    return RowFactory.create(
        call.position(),
        call.call(),
        call.name(),
        call.negativeLogLikelihood(),
        call.preceding().toArray(String[]::new));
  }

  /** Releases the scores that the workers keep; the rows cannot be read any more. */
  @Override
  public void close() {
    scores.close();
  }
}
