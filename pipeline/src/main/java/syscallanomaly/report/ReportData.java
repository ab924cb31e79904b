package syscallanomaly.report;

import java.util.List;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.train.EpochResult;
import syscallanomaly.window.DataProfile;

/**
 * Everything that the report of a run shows. Any list may be empty: its part of the page then says
 * so, or is left out.
 *
 * @param layers the network from input to output
 * @param epochs in the order trained
 * @param alarms what each detector reported at its own threshold; the first detector met here is
 *     the one that the page's opening sentence speaks of
 * @param detections any families and populations
 * @param roc points of all curves, in any order
 * @param mostAnomalous most anomalous first, as the first detector orders them
 * @param configuration the run's configuration as text, secrets masked already
 */
public record ReportData(
    RunSummary run,
    List<LayerSummary> layers,
    List<DataProfile> dataProfile,
    List<EpochResult> epochs,
    List<NextCall> nextCalls,
    List<Alarms> alarms,
    List<Detection> detections,
    List<RocPoint> roc,
    List<ScoreHistogram> histograms,
    List<AnomalousTrace> mostAnomalous,
    String configuration) {

  public ReportData {
    layers = List.copyOf(layers);
    dataProfile = List.copyOf(dataProfile);
    epochs = List.copyOf(epochs);
    nextCalls = List.copyOf(nextCalls);
    alarms = List.copyOf(alarms);
    detections = List.copyOf(detections);
    roc = List.copyOf(roc);
    histograms = List.copyOf(histograms);
    mostAnomalous = List.copyOf(mostAnomalous);
  }
}
