/**
 * The detectors {@code lstm} and {@code lstm-window}, which judge a trace by the surprise of a
 * language model. Start with {@link syscallanomaly.score.lstm.LstmFamily}. This package uses {@code
 * score}, {@code model} and what comes before them.
 */
package syscallanomaly.score.lstm;
