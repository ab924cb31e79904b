/**
 * The state that an interrupted training goes on from.
 *
 * <p>Start at {@link syscallanomaly.train.state.TrainingState}; {@link
 * syscallanomaly.train.state.TrainingStateFormat} is its file.
 */
package syscallanomaly.train.state;
