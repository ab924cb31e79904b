package syscallanomaly.score.containment;

/**
 * The scores that the detectors of {@link ContainmentFamily} give a trace.
 *
 * @param callSet score of {@value ContainmentFamily#CALL_SET}
 * @param callCounts score of {@value ContainmentFamily#CALL_COUNTS}
 * @param containment score of {@value ContainmentFamily#CONTAINMENT}
 */
record ContainmentScores(double callSet, double callCounts, double containment) {}
