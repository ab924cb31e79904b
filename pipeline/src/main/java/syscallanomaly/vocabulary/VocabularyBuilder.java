package syscallanomaly.vocabulary;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static syscallanomaly.trace.TraceColumns.CALLS;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.trace.TraceColumns;

/** Builds the vocabulary of a run from its training traces. */
public final class VocabularyBuilder {
  private VocabularyBuilder() {}

  /**
   * Builds the vocabulary of the given traces.
   *
   * <p>The distinct calls are collected on the driver. Linux has a few hundred. A fixed vocabulary
   * gets an index of its own for the call 0 if the traces hold that call.
   *
   * @param traces training traces with the columns {@link TraceColumns#TRACES}
   * @param settings mode and size of the vocabulary
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public static Vocabulary build(Dataset<Row> traces, VocabularySettings settings) {
    TraceColumns.TRACES.in(traces);
    return switch (settings.mode()) {
      case FIXED ->
          holdCallZero(traces)
              ? Vocabulary.fixedWithCallZero(settings.size())
              : Vocabulary.fixed(settings.size());
      case OBSERVED ->
          Vocabulary.observed(
              traces
                  .select(explode(col(CALLS)).as("call"))
                  .distinct()
                  .as(ValueEncoders.INT)
                  .collectAsList()
                  .stream()
                  .mapToInt(Integer::intValue)
                  .toArray());
    };
  }

  private static boolean holdCallZero(Dataset<Row> traces) {
    Row any = traces.agg(max(array_contains(col(CALLS), 0))).head();
    return !any.isNullAt(0) && any.getBoolean(0);
  }
}
