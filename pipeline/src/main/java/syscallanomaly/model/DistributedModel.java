package syscallanomaly.model;

import static org.apache.spark.sql.functions.sum;

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
import syscallanomaly.window.TrainingSequences;

/**
 * A model on every worker, to score windows or whole traces where they lie. Close it to free the
 * workers' copies.
 */
public final class DistributedModel implements AutoCloseable {
  /** Column of the negative log-likelihood of a window's last call, nats. */
  public static final String NEGATIVE_LOG_LIKELIHOOD = "negative_log_likelihood";

  /** Column of the number of calls that were more probable than a window's last one. */
  public static final String RANK = "rank";

  private final SparkSession spark;
  private final SharedModel model;
  private final boolean readsTraces;
  private final int batchSize;

  /**
   * @param batchSize windows, or at most so many traces, that a worker scores at a time
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

  /** Whether the model scores every call of a whole trace, rather than the last of a window. */
  public boolean readsTraces() {
    return readsTraces;
  }

  /**
   * Scores each window, by a model that reads windows: {@code sequence}, {@code
   * negative_log_likelihood} double and {@code rank} int.
   *
   * @param windows see {@link TrainingSequences#SEQUENCES}
   * @throws IllegalArgumentException where a column is missing or of another type
   */
  public Dataset<Row> score(Dataset<Row> windows) {
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
            (MapPartitionsFunction<Row, Row>) rows -> new ScoredRows(rows, shared, size), encoder);
  }

  /**
   * Scores each trace, by a model that reads whole traces: {@code sequence}, and an entry a call in
   * {@code negative_log_likelihood}, array of float, and {@code rank}, array of int.
   *
   * @param traces see {@link TrainingSequences#SEQUENCES}; each sequence is a whole trace, and
   *     equal ones are scored once
   * @throws IllegalArgumentException where a column is missing or of another type
   */
  public Dataset<Row> scoreTraces(Dataset<Row> traces) {
    TrainingSequences.SEQUENCES.in(traces);
    StructType schema =
        new StructType()
            .add(
                TrainingSequences.SEQUENCE, DataTypes.createArrayType(DataTypes.IntegerType, false))
            .add(NEGATIVE_LOG_LIKELIHOOD, DataTypes.createArrayType(DataTypes.FloatType, false))
            .add(RANK, DataTypes.createArrayType(DataTypes.IntegerType, false));
    SharedModel shared = model;
    return spark.createDataFrame(
        LikeLengthBatches.of(traces.select(TrainingSequences.SEQUENCE).distinct(), batchSize)
            .mapPartitions(batches -> new PredictedTraces(batches, shared))
            .flatMap(scored -> scored.rows().iterator()),
        schema);
  }

  /**
   * Loss and accuracy over the predicted calls of windows or, by a model that reads them, of whole
   * traces.
   *
   * @param windows see {@link TrainingSequences#WEIGHTED_SEQUENCES}
   * @throws IllegalArgumentException where a column is missing or of another type
   */
  public PredictionTotals totals(Dataset<Row> windows) {
    TrainingSequences.WEIGHTED_SEQUENCES.in(windows);
    return readsTraces
        ? totalsOfBatches(LikeLengthBatches.of(distinct(windows), batchSize))
        : totalsOfWindows(windows);
  }

  /**
   * Loss and accuracy as {@link #totals(Dataset)} gives them, in so many tasks of about the same
   * work, wherever the windows lie.
   *
   * @param windows see {@link TrainingSequences#WEIGHTED_SEQUENCES}
   * @param tasks at least 1
   * @throws IllegalArgumentException where a column is missing or of another type
   */
  public PredictionTotals totals(Dataset<Row> windows, int tasks) {
    TrainingSequences.WEIGHTED_SEQUENCES.in(windows);
    return readsTraces
        ? totalsOfBatches(LikeLengthBatches.of(distinct(windows), batchSize, tasks))
        : totalsOfWindows(windows.repartition(tasks));
  }

  /** Where the workers' time went, of everything that was scored with this until now. */
  public TimeBreakdown time() {
    return model.clock().total();
  }

  private static Dataset<Row> distinct(Dataset<Row> traces) {
    return traces
        .groupBy(TrainingSequences.SEQUENCE)
        .agg(sum(TrainingSequences.MULTIPLICITY).as(TrainingSequences.MULTIPLICITY));
  }

  private PredictionTotals totalsOfBatches(JavaRDD<List<Row>> batches) {
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
      Predictions scores = model.clock().time(local, () -> local.score(windows));
      for (int i = 0; i < batch.size(); i++) {
        long multiplicity = batch.get(i).getLong(1);
        totals = totals.plus(scores.totals(i).times(multiplicity));
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

  /** Scores a partition a batch at a time, as its rows are asked for. */
  private static final class ScoredRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final SharedModel model;
    private final int batchSize;
    private LanguageModel local;
    private Iterator<Row> scored = Collections.emptyIterator();

    ScoredRows(Iterator<Row> rows, SharedModel model, int batchSize) {
      this.rows = rows;
      this.model = model;
      this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
      return scored.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!scored.hasNext()) {
        if (!rows.hasNext()) {
          throw new NoSuchElementException();
        }
        scored = scoreBatch(nextBatch(rows, batchSize)).iterator();
      }
      return scored.next();
    }

    private List<Row> scoreBatch(List<Row> batch) {
      if (local == null) {
        local = model.copy();
      }
      List<int[]> windows = batch.stream().map(TrainingSequences::calls).toList();
      Predictions scores = model.clock().time(local, () -> local.score(windows));
      List<Row> result = new ArrayList<>(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        result.add(
            RowFactory.create(
                windows.get(i), (double) scores.negativeLogLikelihood()[i], scores.rank()[i]));
      }
      return result;
    }
  }
}
