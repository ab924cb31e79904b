/**
 * One averaging round: parameters go out to the workers, each trains on its mini-batches, and the
 * mean of what comes back goes into the next round.
 *
 * <p>Start at {@link syscallanomaly.train.averaging.ParameterAveraging} on the driver and {@link
 * syscallanomaly.train.averaging.AveragingWorker} on a worker: they fulfil dl4j-spark's contract of
 * training master and worker. {@link syscallanomaly.train.averaging.PolyakAverage} takes the mean
 * of the parameters over the last rounds of an epoch.
 */
package syscallanomaly.train.averaging;
