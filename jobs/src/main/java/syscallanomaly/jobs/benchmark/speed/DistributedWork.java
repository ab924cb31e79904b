package syscallanomaly.jobs.benchmark.speed;

import syscallanomaly.model.lstm.LstmImplementation;

/** Work that Spark's workers do with a sample, and the time that it takes. */
interface DistributedWork {
  /**
   * Does the work once with a new network.
   *
   * @param sample the windows or traces
   * @param workers number of workers
   * @param lstm what computes the LSTM layers
   */
  Repeat measure(MeasuredSequences sample, int workers, LstmImplementation lstm);
}
