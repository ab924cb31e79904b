/**
 * Cuts traces into n-gram windows and prepares the sequences that a network learns from: windows or
 * whole traces, held out or fitted, counted once or as often as they occur.
 *
 * <p>Start with {@link syscallanomaly.window.WindowCutter} for windows, and with {@link
 * syscallanomaly.window.TrainingSequences} for the sequences of a training. Windows and traces stay
 * integers on Spark; {@link syscallanomaly.window.WindowBatch} and {@link
 * syscallanomaly.window.TraceBatch} expand them for one mini-batch on a worker. The package may use
 * {@code trace} and {@code vocabulary}, Spark, and ND4J's arrays.
 */
package syscallanomaly.window;
