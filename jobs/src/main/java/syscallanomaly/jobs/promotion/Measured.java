package syscallanomaly.jobs.promotion;

import java.util.Optional;
import java.util.SortedMap;
import syscallanomaly.evaluate.drift.InputDrift;

/**
 * All that the gates look at.
 *
 * @param detector name of the detector whose scores count
 * @param shared whether the detector in use has it too
 * @param falseAlarmRate the false-alarm rate that alarms were asked for
 * @param candidate figures of the detector that may be promoted
 * @param current figures of the detector in use, on the same traces; empty if there is none
 * @param unknownCalls share of the validation traces' calls that the candidate does not know
 * @param rejected share of files and traces that cannot be used, by the label of the split
 * @param drift how far the training traces are from those of the detector in use; empty if one of
 *     them does not tell what it was fitted to
 */
record Measured(
    String detector,
    boolean shared,
    double falseAlarmRate,
    DetectorFigures candidate,
    Optional<DetectorFigures> current,
    double unknownCalls,
    SortedMap<String, Double> rejected,
    Optional<InputDrift> drift) {}
