package syscallanomaly.jobs.benchmark.speed;

import syscallanomaly.model.lstm.LstmImplementation;

/** What Spark's workers do with a sample, and how long it takes them. */
interface DistributedWork {
  /** Does it once, with a new network. */
  Repeat measure(MeasuredSequences sample, int workers, LstmImplementation lstm);
}
