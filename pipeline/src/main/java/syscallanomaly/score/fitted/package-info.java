/**
 * A fitted detector: all families and ensembles together, calibrated, in one folder that judges any
 * trace. Start with {@link syscallanomaly.score.fitted.FittedDetector} to judge traces, and with
 * {@link syscallanomaly.score.fitted.DetectorFitting} to make one. This package knows every family
 * of detectors, and no family knows it.
 */
package syscallanomaly.score.fitted;
