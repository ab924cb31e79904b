package syscallanomaly.score;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.size;
import static syscallanomaly.model.DistributedModel.NEGATIVE_LOG_LIKELIHOOD;
import static syscallanomaly.model.DistributedModel.RANK;
import static syscallanomaly.score.ScoreColumns.SCORE;
import static syscallanomaly.trace.TraceColumns.CALLS;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.window.TrainingSequences;
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
    return whole
        .join(model.predictTraces(whole), TrainingSequences.SEQUENCE)
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
    Column loss = aggregate(col(NEGATIVE_LOG_LIKELIHOOD), lit(0.0), (sum, nats) -> sum.plus(nats));
    Dataset<Row> sums =
        model
            .predictTraces(whole)
            .select(
                col(TrainingSequences.SEQUENCE),
                size(col(RANK)).cast(DataTypes.LongType).as(PREDICTIONS),
                loss.as(LOSS),
                ranksBelow(1).as(CORRECT),
                ranksBelow(TOP).as(TOP5))
            .withColumn(SCORE, col(LOSS).divide(col(PREDICTIONS)));
    return whole.join(sums, TrainingSequences.SEQUENCE).drop(TrainingSequences.SEQUENCE);
  }

  private Dataset<Row> whole(Dataset<Row> traces) {
    return cutter
        .wholeTraces(traces.select(SPLIT, ORDINAL, CALLS))
        .select(SPLIT, ORDINAL, TrainingSequences.SEQUENCE);
  }

  private static Column ranksBelow(int limit) {
    return size(filter(col(RANK), rank -> rank.lt(limit))).cast(DataTypes.LongType);
  }
}
