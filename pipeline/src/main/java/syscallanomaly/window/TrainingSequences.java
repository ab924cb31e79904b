package syscallanomaly.window;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.window.WindowCutter.INDEX;
import static syscallanomaly.window.WindowCutter.POSITION;
import static syscallanomaly.window.WindowCutter.WINDOW;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.table.RequiredColumns;
import syscallanomaly.trace.TraceColumns;

/**
 * The sequences that a model is trained on, and the held-out sequences that its epochs are measured
 * on. Both have the columns {@code index} long, {@code sequence} array of int, and {@code
 * multiplicity} long, at least 1.
 *
 * @param training sequences to train on, after drop-in
 * @param heldOut held-out sequences without drop-in, but for those of traces that calibrate
 */
public record TrainingSequences(Dataset<Row> training, Dataset<Row> heldOut) {
  /** Vocabulary indices of a window or of a whole trace, in order: array of int. */
  public static final String SEQUENCE = "sequence";

  /** How often a sequence counts, at least 1: long. */
  public static final String MULTIPLICITY = "multiplicity";

  /** The column that every method needs of sequences: {@link #SEQUENCE}. */
  public static final RequiredColumns SEQUENCES =
      new RequiredColumns(
          "sequences",
          new StructType().add(SEQUENCE, DataTypes.createArrayType(DataTypes.IntegerType)));

  /**
   * The columns that a method needs of weighted sequences: {@link #SEQUENCE} and {@link
   * #MULTIPLICITY}.
   */
  public static final RequiredColumns WEIGHTED_SEQUENCES =
      new RequiredColumns("sequences", SEQUENCES.columns().add(MULTIPLICITY, DataTypes.LongType));

  /**
   * The columns of the sequences that a network is trained on: those of weighted sequences, and
   * {@link WindowCutter#INDEX}.
   */
  public static final RequiredColumns TRAINING_SEQUENCES =
      new RequiredColumns("sequences", WEIGHTED_SEQUENCES.columns().add(INDEX, DataTypes.LongType));

  /**
   * Cuts the training traces into windows, and divides these into training and held-out sequences.
   *
   * @param traces training traces with the columns {@link TraceColumns#TRACES}, as returned by
   *     {@link WindowCutter#withinLimit}
   * @param seed decides the held-out traces and the copies of drop-in
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public static TrainingSequences of(
      Dataset<Row> traces, WindowCutter cutter, SequenceSettings settings, long seed) {
    TraceColumns.TRACES.in(traces);
    HoldOut holdOut = settings.holdOut();
    return switch (holdOut.rule()) {
      case TRACE -> byTrace(traces, kept -> windows(kept, cutter), settings, seed);
      case TAIL -> byTail(traces, cutter, settings, seed);
    };
  }

  /**
   * Divides the training traces into training and held-out sequences without cutting them. Each
   * trace is one sequence.
   *
   * @param traces training traces with the columns {@link TraceColumns#TRACES}, as returned by
   *     {@link WindowCutter#withinLimit}
   * @param settings settings whose hold-out rule is {@link HoldOut.Rule#TRACE}
   * @param seed decides the held-out traces and the copies of drop-in
   * @throws IllegalArgumentException if a column is missing or of another type, or if the hold-out
   *     rule is another one
   */
  public static TrainingSequences ofWholeTraces(
      Dataset<Row> traces, WindowCutter cutter, SequenceSettings settings, long seed) {
    TraceColumns.TRACES.in(traces);
    HoldOut holdOut = settings.holdOut();
    if (holdOut.rule() != HoldOut.Rule.TRACE) {
      throw new IllegalArgumentException("whole traces cannot be divided by " + holdOut.rule());
    }
    return byTrace(traces, cutter::wholeTraces, settings, seed);
  }

  /**
   * Reads the vocabulary indices of a sequence.
   *
   * @param row row whose first column is {@link #SEQUENCE}
   */
  public static int[] calls(Row row) {
    return row.<Integer>getList(0).stream().mapToInt(Integer::intValue).toArray();
  }

  private static Dataset<Row> windows(Dataset<Row> traces, WindowCutter cutter) {
    return cutter.cut(traces).withColumnRenamed(WINDOW, SEQUENCE);
  }

  /** Holds out whole traces by {@link HoldOut.Rule#TRACE}. */
  private static TrainingSequences byTrace(
      Dataset<Row> traces, UnaryOperator<Dataset<Row>> cut, SequenceSettings settings, long seed) {
    HoldOut holdOut = settings.holdOut();
    Column heldOut = drawn(content -> holdOut.holdsOut(content, seed));
    Column choosing = heldOut.and(not(calibrating(traces, holdOut, seed)));
    return new TrainingSequences(
        merged(cut.apply(traces.where(not(heldOut))), copies(settings.dropIn(), seed), settings),
        merged(cut.apply(traces.where(choosing)), lit(1L), settings));
  }

  /**
   * The traces that are held out and have no say in which epoch is kept, see {@link
   * HoldOut#calibratingShare}. If no trace would be left to choose the epoch, all held-out ones
   * choose it.
   *
   * @param traces the training traces
   * @param seed the seed that divided the traces
   * @return a condition on rows with the column {@code calls}
   */
  public static Column calibrating(Dataset<Row> traces, HoldOut holdOut, long seed) {
    if (holdOut.calibratingShare() == 0) {
      return lit(false);
    }
    Column heldOut = drawn(content -> holdOut.holdsOut(content, seed));
    Column calibrating = drawn(content -> holdOut.calibrates(content, seed));
    return traces.where(heldOut.and(not(calibrating))).isEmpty() ? lit(false) : calibrating;
  }

  private static Column drawn(UDF1<Long, Boolean> draw) {
    return udf(draw, DataTypes.BooleanType).apply(xxhash64(col(CALLS)));
  }

  /** Holds out the last windows by {@link HoldOut.Rule#TAIL}. */
  private static TrainingSequences byTail(
      Dataset<Row> traces, WindowCutter cutter, SequenceSettings settings, long seed) {
    CumulativeWindows counts = new CumulativeWindows(cutter.counted(traces));
    Column heldOut = tail(settings.holdOut().trainingWindows(counts.total()), counts);
    Dataset<Row> windows = windows(traces, cutter);
    return new TrainingSequences(
        merged(windows.where(not(heldOut)), copies(settings.dropIn(), seed), settings),
        merged(windows.where(heldOut), lit(1L), settings));
  }

  /**
   * The windows behind a place in the corpus.
   *
   * @param kept number of windows that stay in training
   */
  private static Column tail(long kept, CumulativeWindows counts) {
    return counts
        .traceHolding(kept)
        .map(
            first -> {
              Column later = col(ORDINAL).gt(first.ordinal());
              Column sameTrace = col(ORDINAL).equalTo(first.ordinal());
              long inTraining = kept - first.windowsBefore();
              return later.or(sameTrace.and(col(POSITION).geq(inTraining)));
            })
        .orElse(lit(false));
  }

  private static Column copies(DropIn dropIn, long seed) {
    if (!dropIn.enabled()) {
      return lit(1L);
    }
    UDF1<Long, Long> copies = index -> (long) dropIn.copies(seed, index);
    return udf(copies, DataTypes.LongType).apply(col(INDEX));
  }

  private static Dataset<Row> merged(
      Dataset<Row> windows, Column copies, SequenceSettings settings) {
    Dataset<Row> counted =
        windows
            .select(col(INDEX), col(SEQUENCE), copies.as(MULTIPLICITY))
            .where(col(MULTIPLICITY).gt(0));
    if (!settings.distinct()) {
      return counted;
    }
    return counted
        .groupBy(SEQUENCE)
        .agg(min(INDEX).as(INDEX), sum(MULTIPLICITY).as(MULTIPLICITY))
        .select(INDEX, SEQUENCE, MULTIPLICITY);
  }
}
