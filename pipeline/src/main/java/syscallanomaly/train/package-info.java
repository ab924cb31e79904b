/**
 * Training by synchronous parameter averaging on Spark.
 *
 * <p>This package is the door: {@link syscallanomaly.train.Trainer} trains as {@link
 * syscallanomaly.train.TrainingSettings} say, reports to a {@link
 * syscallanomaly.train.TrainingProgress}, and returns a {@link syscallanomaly.train.TrainedModel}
 * with an {@link syscallanomaly.train.EpochResult} for each epoch. Behind the door, {@code
 * train.epoch} deals out the sequences of an epoch, {@code train.numerics} has loss and dropout,
 * {@code train.optimiser} has the optimisers, {@code train.averaging} runs a round, and {@code
 * train.state} is what an interrupted training goes on from. Nothing behind the door knows the
 * trainer. The package uses everything up to {@code model}.
 */
package syscallanomaly.train;
