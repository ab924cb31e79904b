package syscallanomaly.score.containment;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple3;
import scala.Tuple5;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.trace.UnusableInputException;

/**
 * Chooses the normal traces that other traces are compared with, and reduces each to its distinct
 * calls and pairs of calls.
 */
final class ReferenceTraces {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceTraces.class);
  private static final String KEY = "key";
  private static final String COUNTS = "counts";
  private static final String PAIRS = "pairs";
  private static final String BYTES = "bytes";

  /** The components of a {@link Reference}. */
  static final StructType COLUMNS =
      new StructType()
          .add(TRACE_ID, DataTypes.StringType)
          .add(FOLD, DataTypes.IntegerType)
          .add(CALLS, DataTypes.createArrayType(DataTypes.IntegerType))
          .add(COUNTS, DataTypes.createArrayType(DataTypes.IntegerType))
          .add(PAIRS, DataTypes.createArrayType(DataTypes.LongType));

  private ReferenceTraces() {}

  /**
   * Chooses the distinct traces whose {@link syscallanomaly.window.SequenceContent} comes first,
   * which is as good as a draw at random. The choice depends on the traces alone. A reference that
   * does not fit beside those before it is left out, so that all take no more than {@code
   * mostBytes} in a {@link ReferenceIndex}; a line of the log says how many.
   *
   * @param most largest number of references, at least 1
   * @param mostBytes memory of all references
   * @return one row for each {@link Reference}, in the order of their content, with the columns
   *     {@link #COLUMNS}
   * @throws UnusableInputException if no trace fits
   */
  static Dataset<Row> of(NormalTraces normal, int most, long mostBytes) {
    Dataset<Row> keys = normal.traces().select(CONTENT).orderBy(CONTENT).limit(most);
    Dataset<Row> reduced = reduced(among(normal.traces(), keys));
    return among(reduced, fitting(reduced, mostBytes))
        // One file, because a reference takes little.
        .repartition(1)
        .sortWithinPartitions(CONTENT)
        .drop(CONTENT);
  }

  /**
   * Brings references to the driver.
   *
   * @param references rows that {@link #of} gave
   */
  static List<Reference> collect(Dataset<Row> references) {
    Encoder<int[]> ints = ValueEncoders.INTS;
    return references
        .select(TRACE_ID, FOLD, CALLS, COUNTS, PAIRS)
        .as(
            Encoders.tuple(
                ValueEncoders.STRING, ValueEncoders.INT, ints, ints, ValueEncoders.LONGS))
        .collectAsList()
        .stream()
        .map(row -> new Reference(row._1(), row._2(), row._3(), row._4(), row._5()))
        .toList();
  }

  private static Dataset<Row> among(Dataset<Row> traces, Dataset<Row> keys) {
    return traces.join(broadcast(keys), new String[] {CONTENT}, "left_semi");
  }

  private static Dataset<Row> reduced(Dataset<Row> traces) {
    Encoder<int[]> ints = ValueEncoders.INTS;
    Dataset<Row> keyed = traces.select(struct(CONTENT, TRACE_ID).as(KEY), col(FOLD), col(CALLS));
    Encoder<Row> key = Encoders.row((StructType) keyed.schema().apply(KEY).dataType());
    return keyed
        .as(Encoders.tuple(key, ValueEncoders.INT, ints))
        .map(
            (MapFunction<Tuple3<Row, Integer, int[]>, Tuple5<Row, Integer, int[], int[], long[]>>)
                trace -> {
                  Reference reference =
                      Reference.of(trace._1().getAs(TRACE_ID), trace._2(), trace._3());
                  return new Tuple5<>(
                      trace._1(),
                      reference.fold(),
                      reference.calls(),
                      reference.counts(),
                      reference.pairs());
                },
            Encoders.tuple(key, ValueEncoders.INT, ints, ints, ValueEncoders.LONGS))
        .toDF(KEY, FOLD, CALLS, COUNTS, PAIRS)
        .select(KEY + ".*", FOLD, CALLS, COUNTS, PAIRS);
  }

  /** The keys of the references that fit. The driver sees a key and a size for each reference. */
  private static Dataset<Row> fitting(Dataset<Row> references, long mostBytes) {
    Column bytes =
        size(col(CALLS))
            .multiply(ReferenceIndex.BYTES_OF_CALL)
            .plus(size(col(PAIRS)).multiply(ReferenceIndex.BYTES_OF_PAIR));
    List<Row> sizes =
        references.select(col(CONTENT), bytes.as(BYTES)).orderBy(CONTENT).collectAsList();
    List<byte[]> fitting = new ArrayList<>();
    long left = mostBytes;
    for (Row reference : sizes) {
      long needed = reference.<Long>getAs(BYTES);
      if (needed <= left) {
        fitting.add(reference.getAs(CONTENT));
        left -= needed;
      }
    }
    if (fitting.isEmpty()) {
      throw new UnusableInputException(
          ("Cannot compare traces with normal ones: none of the %d training traces fits into %d"
                  + " bytes; leave these detectors out")
              .formatted(sizes.size(), mostBytes));
    }
    if (fitting.size() < sizes.size()) {
      LOG.warn(
          "Traces are compared with {} training traces; {} more do not fit into {} bytes",
          fitting.size(),
          sizes.size() - fitting.size(),
          mostBytes);
    }
    return references.sparkSession().createDataset(fitting, ValueEncoders.BINARY).toDF(CONTENT);
  }
}
