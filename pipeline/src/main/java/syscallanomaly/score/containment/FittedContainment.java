package syscallanomaly.score.containment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static syscallanomaly.score.containment.ContainmentFamily.CALL_COUNTS;
import static syscallanomaly.score.containment.ContainmentFamily.CALL_SET;
import static syscallanomaly.score.containment.ContainmentFamily.CONTAINMENT;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple3;
import scala.Tuple4;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.KeyedTraces;
import syscallanomaly.trace.TraceColumns;

/** Compares traces with the references that {@link ContainmentFamily} chose. */
public final class FittedContainment implements FittedFamily {
  /** The fold of no reference. */
  private static final int NO_FOLD = -1;

  private final Broadcast<ReferenceIndex> references;

  /**
   * @param references what the workers keep until {@link #close}
   */
  FittedContainment(Broadcast<ReferenceIndex> references) {
    this.references = references;
  }

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    return scores(
        TraceColumns.TRACES_OF_SPLITS.in(traces), references, lit(NO_FOLD), SPLIT, ORDINAL);
  }

  /**
   * Finds the normal trace that each of a few traces is most like.
   *
   * @param traces traces with the columns {@link TraceColumns#TRACES_OF_SPLITS}
   * @return for each trace its split, its ordinal and the normal trace
   */
  public List<Tuple3<String, Long, NearestReference>> nearest(Dataset<Row> traces) {
    Broadcast<ReferenceIndex> shared = references;
    return TraceColumns.TRACES_OF_SPLITS
        .in(traces)
        .select(col(SPLIT), col(ORDINAL), col(CALLS))
        .as(Encoders.tuple(ValueEncoders.STRING, ValueEncoders.LONG, ValueEncoders.INTS))
        .javaRDD()
        .map(
            trace ->
                new Tuple3<>(
                    trace._1(),
                    trace._2(),
                    // A tuple, because Kryo cannot send records.
                    new TraceComparison(shared.value()).nearest(trace._3()).asTuple()))
        .collect()
        .stream()
        .map(
            nearest ->
                new Tuple3<>(nearest._1(), nearest._2(), NearestReference.ofTuple(nearest._3())))
        .toList();
  }

  @Override
  public void close() {
    references.destroy();
  }

  /**
   * Scores traces, of which those without any reference are missing in the result.
   *
   * @param traces traces with a column {@code calls}
   * @param fold int: the fold whose references are left out for a trace
   * @param keys columns to keep beside the scores
   */
  static Dataset<Row> scores(
      Dataset<Row> traces, Broadcast<ReferenceIndex> references, Column fold, String... keys) {
    Dataset<Row> keyed = KeyedTraces.of(traces, fold, keys);
    return KeyedTraces.table(
        KeyedTraces.typed(keyed)
            .mapPartitions(
                (MapPartitionsFunction<
                        Tuple3<Row, Integer, int[]>, Tuple4<Row, Double, Double, Double>>)
                    partition -> scores(partition, new TraceComparison(references.value())),
                KeyedTraces.scores(keyed)),
        List.of(CALL_SET, CALL_COUNTS, CONTAINMENT));
  }

  private static Iterator<Tuple4<Row, Double, Double, Double>> scores(
      Iterator<Tuple3<Row, Integer, int[]>> traces, TraceComparison comparison) {
    Stream<Tuple3<Row, Integer, int[]>> stream =
        StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(traces, Spliterator.ORDERED), false);
    return stream
        .flatMap(
            trace ->
                comparison
                    .scores(trace._3(), trace._2())
                    .map(
                        scores ->
                            new Tuple4<>(
                                trace._1(),
                                scores.callSet(),
                                scores.callCounts(),
                                scores.containment()))
                    .stream())
        .iterator();
  }
}
