package syscallanomaly.jobs.configuration;

/**
 * When a detector is taken into use. Rates and shares are 0 to 1.
 *
 * @param detector name of the detector whose figures count; empty: the first that both have
 * @param aucMargin how far the AUC may be below that of the detector in use
 * @param falseAlarmMargin how far the false-alarm rate may be above that of the detector in use
 * @param lossMargin how far the next-call loss may be above that of the detector in use, in nats
 * @param minAccuracy smallest share of next calls that must be predicted
 * @param maxFalseAlarmRate largest share of validation traces that may raise an alarm
 * @param maxUnknownCalls largest share of the validation traces' calls that may be unknown
 * @param maxRejectedShare largest share of a split's files and traces that may be rejected
 * @param maxCallDrift largest population stability index of the calls of the training traces
 * @param maxLengthDrift largest population stability index of their lengths
 * @param maxNewCalls largest share of their calls that the detector in use was not fitted to
 * @param keep number of promoted detectors to keep, with the one in use, at least 2
 * @param failOnRefusal whether the exit code says that the detector was not promoted
 */
public record PromotionSettings(
    String detector,
    double aucMargin,
    double falseAlarmMargin,
    double lossMargin,
    double minAccuracy,
    double maxFalseAlarmRate,
    double maxUnknownCalls,
    double maxRejectedShare,
    double maxCallDrift,
    double maxLengthDrift,
    double maxNewCalls,
    int keep,
    boolean failOnRefusal) {}
