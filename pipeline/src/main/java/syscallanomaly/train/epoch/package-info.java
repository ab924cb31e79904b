/**
 * The sequences of an epoch: weighed, put into a new order, dealt out to rounds and workers, and
 * expanded into arrays where a worker trains on them.
 *
 * <p>Start at {@link syscallanomaly.train.epoch.EpochRounds}. Until {@link
 * syscallanomaly.train.epoch.PrefetchedBatches} expands a mini-batch, sequences are arrays of
 * vocabulary indices.
 */
package syscallanomaly.train.epoch;
