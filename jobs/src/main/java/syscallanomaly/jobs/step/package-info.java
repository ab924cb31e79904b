/**
 * The steps of a run: vocabulary, windows, train and score. Each reads the output of earlier steps
 * from the run's folder, calls the library, and replaces its own output.
 *
 * <p>Start with {@link syscallanomaly.jobs.step.Step} and {@link syscallanomaly.jobs.step.Steps},
 * then with the class of a step, for instance {@code TrainStep}. The package may use the library,
 * {@code configuration}, {@code progress}, {@code provenance}, {@code checkpoint}, {@code report}
 * and {@code run}, but neither {@code job} nor {@code command}.
 */
package syscallanomaly.jobs.step;
