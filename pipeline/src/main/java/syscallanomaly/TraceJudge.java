package syscallanomaly;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.trace.TraceColumns.TRACE_ID;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.score.ScoreSettings;
import syscallanomaly.score.fitted.DetectorManifest;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.score.fitted.WorkProgress;
import syscallanomaly.score.observed.ObservedTraces;
import syscallanomaly.table.RequiredColumns;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.TraceSettings;

/**
 * A fitted detector that judges new traces. Places and Datasets go in, and Datasets come out, so
 * that it is short in a notebook and in PySpark:
 *
 * <pre>{@code
 * try (TraceJudge judge = TraceJudge.load(spark, "workspace/runs/tuesday")) {
 *   judge.judge("/data/new").rows(0.05).where("alarm").show();
 * }
 * }</pre>
 */
public final class TraceJudge implements AutoCloseable {
  /** Folder of the detector in the folder of a run. */
  private static final String IN_RUN = "detector";

  /** A call and a blank in a file of traces. */
  private static final long BYTES_OF_CALL = 4;

  private static final RequiredColumns NAMED_CALLS =
      new RequiredColumns(
          "traces",
          new StructType()
              .add(TRACE_ID, DataTypes.StringType)
              .add(CALLS, DataTypes.createArrayType(DataTypes.IntegerType)));

  private final SparkSession spark;
  private final FittedDetector detector;
  private final List<Judgement> judgements = new ArrayList<>();

  private TraceJudge(SparkSession spark, FittedDetector detector) {
    this.spark = spark;
    this.detector = detector;
  }

  /**
   * Loads a fitted detector after checking that every file is the one that was written. Its queries
   * run in a session of their own, whose settings suit the size of the traces, see {@link
   * QuerySettings}.
   *
   * @param folder folder or URI that holds {@code detector.json}, or the folder of the run that
   *     fitted it
   * @throws syscallanomaly.trace.UnusableInputException if there is no detector, or if it was
   *     changed
   */
  public static TraceJudge load(SparkSession spark, String folder) throws IOException {
    Path named = new Path(folder);
    Path ofRun = new Path(named, IN_RUN);
    FileSystem files = named.getFileSystem(spark.sparkContext().hadoopConfiguration());
    Path root = files.exists(new Path(ofRun, DetectorManifest.FILE)) ? ofRun : named;
    SparkSession own = spark.newSession();
    QuerySettings.fitToCores(own);
    return new TraceJudge(own, FittedDetector.load(own, root, ScoreSettings.DEFAULT.batchSize()));
  }

  /** What the detector consists of, and where it comes from. */
  public FittedDetector detector() {
    return detector;
  }

  /**
   * Reads traces and scores them with all detectors before it returns. The workers keep the scores
   * until this is closed.
   *
   * @param place folder, glob or zip archive on any Hadoop file system; each file is a trace
   * @throws syscallanomaly.trace.UnusableInputException if there are no traces, or if more than one
   *     in a hundred is rejected
   */
  public Judgement judge(String place) {
    TraceSet observed =
        SyscallAnomaly.on(spark).traces(TraceSettings.observed(place), Split.OBSERVED);
    QuerySettings.fitTo(spark, observed.bytes());
    observed.requireUsable();
    return judged(observed.traces(), observed.rejects());
  }

  /**
   * Scores the traces of a Dataset, see {@link #judge(String)}.
   *
   * @param traces one row for each trace, with the columns {@code trace_id}, a string, and {@code
   *     calls}, an array of at least one int; other columns are left out
   * @throws IllegalArgumentException if a column is missing or of another type
   */
  public Judgement judge(Dataset<Row> traces) {
    Dataset<Row> named = NAMED_CALLS.in(traces).select(TRACE_ID, CALLS);
    QuerySettings.fitTo(
        spark,
        BYTES_OF_CALL * named.agg(coalesce(sum(size(col(CALLS))), lit(0L))).head().getLong(0));
    JavaRDD<Row> numbered =
        named
            .javaRDD()
            .zipWithIndex()
            .map(trace -> RowFactory.create(trace._2(), trace._1().get(0), trace._1().get(1)));
    StructType schema =
        new StructType()
            .add(ORDINAL, DataTypes.LongType)
            .add(TRACE_ID, DataTypes.StringType)
            .add(CALLS, DataTypes.createArrayType(DataTypes.IntegerType));
    Dataset<Row> rejects =
        spark.createDataFrame(
            List.of(),
            new StructType()
                .add(SPLIT, DataTypes.StringType)
                .add(TraceSet.FILE, DataTypes.StringType)
                .add(TraceSet.REASON, DataTypes.StringType));
    return judged(spark.createDataFrame(numbered, schema), rejects);
  }

  private synchronized Judgement judged(Dataset<Row> traces, Dataset<Row> rejects) {
    Dataset<Row> observed = ObservedTraces.of(traces);
    Judgement judgement =
        new Judgement(
            spark, detector, observed, detector.score(observed, WorkProgress.NONE), rejects);
    judgements.add(judgement);
    return judgement;
  }

  /** Releases what the driver and the workers keep, with all judgements. */
  @Override
  public synchronized void close() {
    judgements.forEach(Judgement::close);
    judgements.clear();
    detector.close();
  }
}
