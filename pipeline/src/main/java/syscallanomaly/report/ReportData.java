package syscallanomaly.report;

import java.util.List;
import syscallanomaly.evaluate.Comparison;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.model.LayerSummary;
import syscallanomaly.score.fitted.AnomalousTrace;
import syscallanomaly.trace.Split;
import syscallanomaly.train.EpochResult;
import syscallanomaly.window.DataProfile;

/**
 * Everything that the report of a run shows. Any list may be empty; the page then says so or leaves
 * the part out.
 *
 * @param run the run and what it ran on
 * @param layers the network's layers, from input to output
 * @param dataProfile what each split holds
 * @param epochs the epochs in the order of training
 * @param nextCalls how well the model predicts the next call, for each split
 * @param alarms what each detector reported at its own threshold; the opening sentence of the page
 *     is about the first detector of this list
 * @param alarmBases on how many held-out traces each detector's threshold rests
 * @param detections detection figures of any families and populations
 * @param operatingPoints what alarms came of each asked false-alarm rate
 * @param comparisons pairs of detectors
 * @param roc points of all ROC curves, in any order
 * @param histograms score distribution of each detector
 * @param mostAnomalous the traces that the first detector scores highest, highest first
 * @param settings how the figures are shown
 * @param configuration the run's configuration as text, with secrets already masked
 * @param input what is to be said of the input of each split that something is to be said of
 */
public record ReportData(
    RunSummary run,
    List<LayerSummary> layers,
    List<DataProfile> dataProfile,
    List<EpochResult> epochs,
    List<NextCall> nextCalls,
    List<Alarms> alarms,
    List<AlarmBasis> alarmBases,
    List<Detection> detections,
    List<OperatingPoint> operatingPoints,
    List<Comparison> comparisons,
    List<RocPoint> roc,
    List<ScoreHistogram> histograms,
    List<AnomalousTrace> mostAnomalous,
    ReportSettings settings,
    String configuration,
    List<Input> input) {

  public ReportData {
    input = List.copyOf(input);
    layers = List.copyOf(layers);
    dataProfile = List.copyOf(dataProfile);
    epochs = List.copyOf(epochs);
    nextCalls = List.copyOf(nextCalls);
    alarms = List.copyOf(alarms);
    alarmBases = List.copyOf(alarmBases);
    detections = List.copyOf(detections);
    operatingPoints = List.copyOf(operatingPoints);
    comparisons = List.copyOf(comparisons);
    roc = List.copyOf(roc);
    histograms = List.copyOf(histograms);
    mostAnomalous = List.copyOf(mostAnomalous);
  }

  /**
   * How the input of a split was read.
   *
   * @param line the format that was found, and what became of events, in one line
   */
  public record Input(Split split, String line) {}
}
