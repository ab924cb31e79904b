package syscallanomaly.model;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.window.SequenceContent;
import syscallanomaly.window.TrainingSequences;

/**
 * A model that predicts on the workers that hold the sequences. Closing it frees the workers'
 * copies.
 */
public final class DistributedModel implements AutoCloseable {
  /** Column of the negative log-likelihood of a predicted call, in nats. */
  public static final String NEGATIVE_LOG_LIKELIHOOD = "negative_log_likelihood";

  /** Column of the number of calls that were more probable than the predicted one. */
  public static final String RANK = "rank";

  private final SparkSession spark;
  private final SharedModel model;
  private final boolean readsTraces;
  private final int batchSize;

  /**
   * @param batchSize number of windows in one batch of a worker, or the largest number of traces in
   *     one; at least 1
   */
  public DistributedModel(SparkSession spark, LanguageModel model, int batchSize) {
    this.spark = spark;
    this.readsTraces = model.readsTraces();
    this.model =
        new SharedModel(
            JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(model.toBytes()),
            model.lstm(),
            ScoringClock.of(spark.sparkContext()));
    this.batchSize = batchSize;
  }

  /**
   * Whether the model predicts every call of a whole trace; otherwise it predicts the last call of
   * a window.
   */
  public boolean readsTraces() {
    return readsTraces;
  }

  /**
   * Predicts the last call of each window. The model must be one that reads windows.
   *
   * <p>The result has the columns {@code sequence}, {@code negative_log_likelihood} (double) and
   * {@code rank} (int), one row for each row given.
   *
   * @param windows table as {@link TrainingSequences#SEQUENCES} describes it
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public Dataset<Row> predict(Dataset<Row> windows) {
    StructType schema =
        new StructType()
            .add(
                TrainingSequences.SEQUENCE, DataTypes.createArrayType(DataTypes.IntegerType, false))
            .add(NEGATIVE_LOG_LIKELIHOOD, DataTypes.DoubleType)
            .add(RANK, DataTypes.IntegerType);
    Encoder<Row> encoder = Encoders.row(schema);
    SharedModel shared = model;
    int size = batchSize;
    return TrainingSequences.SEQUENCES
        .in(windows)
        .select(TrainingSequences.SEQUENCE)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new PredictedRows(rows, shared, size),
            encoder);
  }

  /**
   * Predicts every call of each trace. The model must be one that reads whole traces.
   *
   * <p>The result has the columns {@code content} (see {@link SequenceContent}), {@code
   * negative_log_likelihood} (array of float) and {@code rank} (array of int). The arrays have one
   * entry for each call. Equal traces give one row together.
   *
   * @param traces table as {@link TrainingSequences#SEQUENCES} describes it; each sequence is a
   *     whole trace
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public Dataset<Row> predictTraces(Dataset<Row> traces) {
    StructType schema =
        new StructType()
            .add(SequenceContent.CONTENT, DataTypes.BinaryType)
            .add(NEGATIVE_LOG_LIKELIHOOD, DataTypes.createArrayType(DataTypes.FloatType, false))
            .add(RANK, DataTypes.createArrayType(DataTypes.IntegerType, false));
    return spark.createDataFrame(
        predicted(traces)
            .map(
                trace ->
                    RowFactory.create(
                        trace.content(),
                        trace.predictions().negativeLogLikelihood(),
                        trace.predictions().rank())),
        schema);
  }

  /**
   * Sums the predictions of every call of each trace. The model must be one that reads whole
   * traces. Only the sums leave the workers.
   *
   * <p>The result has the columns {@code content} (see {@link SequenceContent}), {@code
   * predictions} (long), {@code loss} (double, nats), {@code lowest_mean} (double, nats, see {@link
   * syscallanomaly.model.series.LowestMean}), {@code correct} (long), and {@code in_top} (long),
   * the number of predictions whose call was among the most probable ones. Equal traces give one
   * row together.
   *
   * @param traces table as {@link TrainingSequences#SEQUENCES} describes it; each sequence is a
   *     whole trace
   * @param width number of consecutive predictions of {@code lowest_mean}, at least 1
   * @param top number of most probable calls that count for {@code in_top}, at least 1
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public Dataset<Row> sumTraces(Dataset<Row> traces, int width, int top) {
    StructType schema =
        new StructType()
            .add(SequenceContent.CONTENT, DataTypes.BinaryType)
            .add("predictions", DataTypes.LongType)
            .add("loss", DataTypes.DoubleType)
            .add("lowest_mean", DataTypes.DoubleType)
            .add("correct", DataTypes.LongType)
            .add("in_top", DataTypes.LongType);
    return spark.createDataFrame(
        predicted(traces)
            .map(
                trace ->
                    RowFactory.create(
                        trace.content(),
                        (long) trace.predictions().rank().length,
                        trace.predictions().loss(),
                        trace.predictions().lowestMean(width),
                        trace.predictions().ranksBelow(1),
                        trace.predictions().ranksBelow(top))),
        schema);
  }

  private JavaRDD<PredictedTraces.Keyed> predicted(Dataset<Row> traces) {
    SharedModel shared = model;
    return LikeLengthBatches.of(
            TrainingSequences.SEQUENCES
                .in(traces)
                .withColumn(TrainingSequences.MULTIPLICITY, lit(1L)),
            batchSize)
        .mapPartitions(batches -> new PredictedTraces(batches, shared))
        .flatMap(PredictedTraces.Batch::keyed);
  }

  /**
   * Sums loss and correct predictions over sequences of the kind that the model reads.
   *
   * @param sequences table as {@link TrainingSequences#WEIGHTED_SEQUENCES} describes it
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public PredictionTotals totals(Dataset<Row> sequences) {
    TrainingSequences.WEIGHTED_SEQUENCES.in(sequences);
    return readsTraces
        ? totalsOfBatches(LikeLengthBatches.of(sequences, batchSize))
        : totalsOfWindows(sequences);
  }

  /**
   * Sums loss and correct predictions as {@link #totals(Dataset)} does, but in a given number of
   * tasks. The tasks have about the same work, no matter how the table is partitioned.
   *
   * @param sequences table as {@link TrainingSequences#WEIGHTED_SEQUENCES} describes it
   * @param tasks number of Spark tasks, at least 1
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public PredictionTotals totals(Dataset<Row> sequences, int tasks) {
    TrainingSequences.WEIGHTED_SEQUENCES.in(sequences);
    return readsTraces
        ? totalsOfBatches(LikeLengthBatches.of(sequences, batchSize, tasks))
        : totalsOfWindows(sequences.repartition(tasks));
  }

  /** Where the workers' time went in all predictions that this model has made so far. */
  public TimeBreakdown time() {
    return model.clock().total();
  }

  private PredictionTotals totalsOfBatches(JavaRDD<List<KeyedTrace>> batches) {
    SharedModel shared = model;
    return batches
        .mapPartitions(traces -> new PredictedTraces(traces, shared))
        .map(PredictedTraces.Batch::totals)
        .treeReduce(PredictionTotals::plus);
  }

  private PredictionTotals totalsOfWindows(Dataset<Row> windows) {
    SharedModel shared = model;
    int size = batchSize;
    return windows
        .select(TrainingSequences.SEQUENCE, TrainingSequences.MULTIPLICITY)
        .javaRDD()
        .mapPartitions(rows -> Collections.singleton(totals(rows, shared, size)).iterator())
        .treeReduce(PredictionTotals::plus);
  }

  private static PredictionTotals totals(Iterator<Row> rows, SharedModel model, int batchSize) {
    PredictionTotals totals = PredictionTotals.NONE;
    LanguageModel local = rows.hasNext() ? model.copy() : null;
    while (rows.hasNext()) {
      List<Row> batch = nextBatch(rows, batchSize);
      List<int[]> windows = batch.stream().map(TrainingSequences::calls).toList();
      Predictions predictions = model.clock().time(local, () -> local.predict(windows));
      for (int i = 0; i < batch.size(); i++) {
        long multiplicity = batch.get(i).getLong(1);
        totals = totals.plus(predictions.totals(i).times(multiplicity));
      }
    }
    return totals;
  }

  private static List<Row> nextBatch(Iterator<Row> rows, int batchSize) {
    List<Row> batch = new ArrayList<>(batchSize);
    while (rows.hasNext() && batch.size() < batchSize) {
      batch.add(rows.next());
    }
    return batch;
  }

  @Override
  public void close() {
    model.bytes().destroy();
  }

  /**
   * Predicts for a partition's windows. It takes the next batch when the rows of the last one are
   * used up.
   */
  private static final class PredictedRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final SharedModel model;
    private final int batchSize;
    private LanguageModel local;
    private Iterator<Row> predicted = Collections.emptyIterator();

    PredictedRows(Iterator<Row> rows, SharedModel model, int batchSize) {
      this.rows = rows;
      this.model = model;
      this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
      return predicted.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!predicted.hasNext()) {
        if (!rows.hasNext()) {
          throw new NoSuchElementException();
        }
        predicted = predictBatch(nextBatch(rows, batchSize)).iterator();
      }
      return predicted.next();
    }

    private List<Row> predictBatch(List<Row> batch) {
      if (local == null) {
        local = model.copy();
      }
      List<int[]> windows = batch.stream().map(TrainingSequences::calls).toList();
      Predictions predictions = model.clock().time(local, () -> local.predict(windows));
      List<Row> result = new ArrayList<>(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        result.add(
            RowFactory.create(
                windows.get(i),
                (double) predictions.negativeLogLikelihood()[i],
                predictions.rank()[i]));
      }
      return result;
    }
  }
}
