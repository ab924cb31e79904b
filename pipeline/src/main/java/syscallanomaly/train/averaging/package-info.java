/**
 * One averaging round: parameters go out to the workers, each trains on its mini-batches, and the
 * mean of what comes back goes into the next round.
 *
 * <p>Start at {@link syscallanomaly.train.averaging.ParameterAveraging} on the driver and {@link
 * syscallanomaly.train.averaging.AveragingWorker} on a worker: they fulfil dl4j-spark's contract of
 * training master and worker. {@link syscallanomaly.train.averaging.PolyakAverage} takes the mean
 * of the parameters over the last rounds of an epoch.
 *
 * <p>What runs of dl4j-spark is the contract of its training master and worker, the worker's loop
 * and {@code fit}. Splitting, broadcast, summing and the mean are this package's own. The stock
 * master draws its splits unseeded, drops what exceeds them, adds parameters in the order in which
 * workers finish, and never releases a round's broadcast. A test holds that one round of this
 * package equals one of the stock master on the same mini-batches.
 */
package syscallanomaly.train.averaging;
