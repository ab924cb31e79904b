package syscallanomaly.score.lstm;

import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;
import static syscallanomaly.model.DistributedModel.NEGATIVE_LOG_LIKELIHOOD;
import static syscallanomaly.model.DistributedModel.RANK;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
import static syscallanomaly.window.SequenceContent.CONTENT;
import static syscallanomaly.window.TrainingSequences.SEQUENCE;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.window.SequenceContent;
import syscallanomaly.window.WindowCutter;

/** Predicts every call of a trace from all calls before it. Equal traces are scored once. */
final class TracePredictions implements CallPredictions {
  private final DistributedModel model;
  private final WindowCutter cutter;

  TracePredictions(DistributedModel model, WindowCutter cutter) {
    this.model = model;
    this.cutter = cutter;
  }

  @Override
  public Dataset<Row> calls(Dataset<Row> traces) {
    Dataset<Row> whole = whole(traces);
    return keys(whole)
        .join(model.predictTraces(whole), CONTENT)
        .select(
            col(SPLIT),
            col(ORDINAL),
            posexplode(arrays_zip(col(NEGATIVE_LOG_LIKELIHOOD), col(RANK)))
                .as(new String[] {PLACE, "call"}))
        .select(SPLIT, ORDINAL, PLACE, "call.*");
  }

  @Override
  public Dataset<Row> sums(Dataset<Row> traces) {
    Dataset<Row> whole = whole(traces);
    Dataset<Row> sums =
        model
            .sumTraces(whole, CONSECUTIVE, TOP)
            .select(
                col(CONTENT),
                col("predictions").as(PREDICTIONS),
                col("loss").as(LOSS),
                col("lowest_mean").as(LOWEST_MEAN),
                col("correct").as(CORRECT),
                col("in_top").as(TOP5))
            .withColumn(MEAN, col(LOSS).divide(col(PREDICTIONS)));
    return keys(whole).join(sums, CONTENT).drop(CONTENT);
  }

  private Dataset<Row> whole(Dataset<Row> traces) {
    return cutter
        .wholeTraces(traces.select(SPLIT, ORDINAL, CALLS))
        .select(SPLIT, ORDINAL, SEQUENCE);
  }

  /** Keys of the traces, so that no join moves a trace's calls. */
  private static Dataset<Row> keys(Dataset<Row> whole) {
    return whole.select(col(SPLIT), col(ORDINAL), SequenceContent.of(col(SEQUENCE)).as(CONTENT));
  }
}
