package syscallanomaly.model;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import syscallanomaly.model.lstm.LstmImplementation;

/**
 * A model that Spark sends to the workers.
 *
 * @param bytes bytes of a DL4J model file
 * @param lstm implementation that computes the LSTM layers of the workers' copies
 * @param clock clock that adds up the workers' time
 */
record SharedModel(Broadcast<byte[]> bytes, LstmImplementation lstm, ScoringClock clock)
    implements Serializable {

  /** A copy for one worker. */
  LanguageModel copy() {
    return LanguageModel.fromBytes(bytes.value(), lstm);
  }
}
