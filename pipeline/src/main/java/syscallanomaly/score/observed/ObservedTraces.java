package syscallanomaly.score.observed;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static syscallanomaly.score.NormalTraces.COPIES;
import static syscallanomaly.score.ScoreColumns.ALARM;
import static syscallanomaly.score.ScoreColumns.PART;
import static syscallanomaly.score.ScoreColumns.P_VALUE;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple3;
import syscallanomaly.query.SideBySide;
import syscallanomaly.score.containment.FittedContainment;
import syscallanomaly.score.containment.NearestReference;
import syscallanomaly.score.fitted.DetectorScores;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.score.fitted.LeastExpectedCalls;
import syscallanomaly.score.fitted.SurprisingCall;
import syscallanomaly.score.fitted.TraceKey;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.format.TraceOrigin;
import syscallanomaly.window.SequenceContent;

/**
 * Traces of unknown kind, as a fitted detector judges them.
 *
 * <pre>{@code
 * Dataset<Row> traces = ObservedTraces.of(set.traces());
 * try (DetectorScores scores = detector.score(traces, WorkProgress.NONE)) {
 *   new ObservedTraces(detector, SystemCalls.tables()).mostAnomalous(scores, traces, .05, 10, 5);
 * }
 * }</pre>
 */
public final class ObservedTraces {
  private static final long NANOS = 1_000_000_000L;

  private final FittedDetector detector;
  private final SystemCalls names;

  public ObservedTraces(FittedDetector detector, SystemCalls names) {
    this.detector = detector;
    this.names = names;
  }

  /**
   * Prepares traces for {@link FittedDetector#score} and for {@link #mostAnomalous}.
   *
   * @param traces traces with the columns of {@link syscallanomaly.trace.TraceSet#traces()}
   */
  public static Dataset<Row> of(Dataset<Row> traces) {
    return TraceColumns.withOrigin(traces)
        .withColumn(SPLIT, lit(Split.OBSERVED.label()))
        .withColumn(CONTENT, SequenceContent.of(col(CALLS)));
  }

  /**
   * Finds the traces that the first detector scores highest, the highest first, and says what in
   * them is unusual. Of equal traces it finds the first; equal scores are ordered by ordinal.
   *
   * @param scores the scores that the detector gave the traces
   * @param traces the traces, see {@link #of}
   * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
   * @param most most traces to find; they are collected on the driver, without their calls
   * @param calls most calls to name in each trace, for each reason
   */
  public List<ObservedTrace> mostAnomalous(
      DetectorScores scores, Dataset<Row> traces, double falseAlarmRate, int most, int calls) {
    List<Row> top = top(scores, falseAlarmRate, most);
    if (top.isEmpty()) {
      return List.of();
    }
    Object[] ordinals = top.stream().map(row -> TraceKey.of(row).ordinal()).toArray();
    Dataset<Row> chosen =
        traces
            .where(col(ORDINAL).isin(ordinals))
            .select(SPLIT, ORDINAL, CALLS)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Reasons reasons = reasons(chosen, calls);
      return top.stream().map(reasons::addTo).toList();
    } finally {
      chosen.unpersist();
    }
  }

  private static List<Row> top(DetectorScores scores, double falseAlarmRate, int most) {
    Column[] columns =
        Stream.concat(
                Stream.of(ORDINAL, SPLIT, TRACE_ID, CALLS, SCORE, P_VALUE, ALARM, PART),
                Arrays.stream(TraceColumns.ORIGIN.fieldNames()))
            .map(functions::col)
            .toArray(Column[]::new);
    return scores
        .rows(scores.detectors().get(0), falseAlarmRate)
        .groupBy(CONTENT)
        .agg(min(struct(columns)).as("first"), count(lit(1)).as(COPIES))
        .select("first.*", COPIES)
        .orderBy(desc(SCORE), col(ORDINAL))
        .limit(most)
        .collectAsList();
  }

  private Reasons reasons(Dataset<Row> chosen, int calls) {
    try (SideBySide queries = new SideBySide()) {
      Supplier<Map<TraceKey, List<SurprisingCall>>> surprising =
          queries.start(
              () ->
                  detector
                      .lstm()
                      .map(lstm -> new LeastExpectedCalls(lstm, names).find(chosen, calls))
                      .orElse(Map.of()));
      Supplier<Map<TraceKey, UnknownCalls>> unknown =
          queries.start(() -> UnknownCalls.find(chosen, detector.vocabulary(), names, calls));
      Supplier<Optional<Map<TraceKey, UnseenGrams>>> unseen =
          queries.start(
              () -> detector.stide().map(stide -> UnseenGrams.find(chosen, stide, names)));
      Supplier<Map<TraceKey, NearestReference>> nearest =
          queries.start(
              () ->
                  detector
                      .containment()
                      .map(containment -> nearest(containment, chosen))
                      .orElse(Map.of()));
      return new Reasons(
          surprising.get(),
          unknown.get(),
          unseen.get(),
          detector.stide().map(stide -> stide.length()).orElse(0),
          nearest.get());
    }
  }

  private static Map<TraceKey, NearestReference> nearest(
      FittedContainment containment, Dataset<Row> chosen) {
    return containment.nearest(chosen).stream()
        .collect(Collectors.toMap(found -> new TraceKey(found._1(), found._2()), Tuple3::_3));
  }

  /** What is unusual in each of a few traces. */
  private record Reasons(
      Map<TraceKey, List<SurprisingCall>> surprising,
      Map<TraceKey, UnknownCalls> unknown,
      Optional<Map<TraceKey, UnseenGrams>> unseen,
      int gramLength,
      Map<TraceKey, NearestReference> nearest) {

    ObservedTrace addTo(Row row) {
      TraceKey key = TraceKey.of(row);
      long calls = row.<Long>getAs(CALLS);
      return new ObservedTrace(
          row.getAs(TRACE_ID),
          row.<Long>getAs(COPIES),
          calls,
          row.<Double>getAs(SCORE),
          row.<Double>getAs(P_VALUE),
          row.<Boolean>getAs(ALARM),
          Optional.ofNullable(row.getAs(PART)),
          surprising.getOrDefault(key, List.of()),
          unknown.getOrDefault(key, UnknownCalls.NONE),
          unseen.map(grams -> grams.getOrDefault(key, UnseenGrams.none(gramLength, calls))),
          Optional.ofNullable(nearest.get(key)),
          originOf(row));
    }

    private static Optional<TraceOrigin> originOf(Row row) {
      Long process = row.getAs(TraceColumns.PROCESS);
      Object started = row.getAs(TraceColumns.STARTED);
      return Optional.ofNullable(process)
          .map(
              known ->
                  new TraceOrigin(
                      row.getAs(TraceColumns.HOST),
                      row.getAs(TraceColumns.CONTAINER),
                      known,
                      row.getAs(TraceColumns.THREAD),
                      row.getAs(TraceColumns.EXECUTABLE),
                      started == null ? null : nanos(started)));
    }

    /** The session decides of which class a timestamp is. */
    private static long nanos(Object started) {
      Instant instant =
          started instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) started;
      return instant.getEpochSecond() * NANOS + instant.getNano();
    }
  }
}
