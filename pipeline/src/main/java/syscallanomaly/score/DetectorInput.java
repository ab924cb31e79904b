package syscallanomaly.score;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.model.DistributedModel;
import syscallanomaly.window.WindowCutter;

/**
 * What a detector may learn from.
 *
 * @param training normal traces; columns {@code ordinal} and {@code calls}
 * @param heldOut those of the training traces that no model was trained on; they calibrate alarms
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
