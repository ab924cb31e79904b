package syscallanomaly.score.lstm;

import static syscallanomaly.score.lstm.CallPredictions.CONSECUTIVE;
import static syscallanomaly.score.lstm.CallPredictions.CORRECT;
import static syscallanomaly.score.lstm.CallPredictions.LOSS;
import static syscallanomaly.score.lstm.CallPredictions.LOWEST_MEAN;
import static syscallanomaly.score.lstm.CallPredictions.MEAN;
import static syscallanomaly.score.lstm.CallPredictions.PREDICTIONS;
import static syscallanomaly.score.lstm.CallPredictions.TOP;
import static syscallanomaly.score.lstm.CallPredictions.TOP5;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import syscallanomaly.model.series.LowestMean;
import syscallanomaly.trace.TraceColumns;

/** Sums the predictions of each trace, while the rows of one trace after another stream past. */
final class PredictionSums implements Iterator<Row> {
  static final StructType SCHEMA =
      new StructType()
          .add(TraceColumns.SPLIT, DataTypes.StringType)
          .add(TraceColumns.ORDINAL, DataTypes.LongType)
          .add(MEAN, DataTypes.DoubleType)
          .add(LOWEST_MEAN, DataTypes.DoubleType)
          .add(PREDICTIONS, DataTypes.LongType)
          .add(LOSS, DataTypes.DoubleType)
          .add(CORRECT, DataTypes.LongType)
          .add(TOP5, DataTypes.LongType);

  private final Iterator<Row> rows;
  private Row next;

  /**
   * @param rows split, ordinal, position, negative log-likelihood and rank of each prediction; the
   *     rows of a trace follow each other, by position
   */
  PredictionSums(Iterator<Row> rows) {
    this.rows = rows;
    advance();
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    String split = next.getString(0);
    long ordinal = next.getLong(1);
    LowestMean lowest = new LowestMean(CONSECUTIVE);
    double all = 0;
    long calls = 0;
    double loss = 0;
    long windows = 0;
    long correct = 0;
    long top = 0;
    while (next != null && next.getLong(1) == ordinal && next.getString(0).equals(split)) {
      double nats = next.getDouble(3);
      lowest.add(nats);
      all += nats;
      calls++;
      // A padded window begins before its trace.
      if (next.getInt(2) >= 0) {
        int rank = next.getInt(4);
        loss += nats;
        windows++;
        correct += rank < 1 ? 1 : 0;
        top += rank < TOP ? 1 : 0;
      }
      advance();
    }
    return RowFactory.create(
        split, ordinal, all / calls, lowest.value(), windows, loss, correct, top);
  }
}
