package syscallanomaly.score;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.window.WindowCutter;

/**
 * The data and models that a detector may learn from.
 *
 * @param training normal traces with the columns {@code ordinal} and {@code calls}, held-out ones
 *     included
 * @param heldOut the training traces that no model was trained on; they calibrate the alarm
 * @param model language model that was trained on the other training traces
 * @param cutter turns traces into the sequences that the model reads
 * @param settings settings of all detectors
 */
public record DetectorInput(
    Dataset<Row> training,
    Dataset<Row> heldOut,
    DistributedModel model,
    WindowCutter cutter,
    ScoreSettings settings) {}
