package syscallanomaly.model;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import syscallanomaly.model.lstm.LstmImplementation;

/**
 * A model on its way to the workers.
 *
 * @param bytes of a DL4J model file
 * @param lstm computes the LSTM layers of the workers' copies
 * @param clock of the workers
 */
record SharedModel(Broadcast<byte[]> bytes, LstmImplementation lstm, ScoringClock clock)
    implements Serializable {

  /** A copy for one worker. */
  LanguageModel copy() {
    return LanguageModel.fromBytes(bytes.value(), lstm);
  }
}
