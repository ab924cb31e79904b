/**
 * Deals out the sequences of an epoch. The package gives them weights, puts them into a new order,
 * and sends them to rounds and workers. A worker then expands them into arrays.
 *
 * <p>Start at {@link syscallanomaly.train.epoch.EpochRounds}. Until {@link
 * syscallanomaly.train.epoch.PrefetchedBatches} expands a mini-batch, sequences are arrays of
 * vocabulary indices.
 */
package syscallanomaly.train.epoch;
