package syscallanomaly.score;

/** How the normal traces are divided into the folds of the calibration. */
public enum FoldRule {
  /**
   * At random. A trace's own calls decide, so it stays in its fold if other traces are added or
   * removed. A calibrating trace then has traces of its own session among those that the detector
   * learned from. New sessions look more unusual, so more of them raise an alarm than was asked.
   */
  RANDOM,
  /**
   * In blocks of neighbours, in the order of the traces' names. Where names follow time, a detector
   * is calibrated with sessions that it has not seen (Roberts et al.: Cross-validation strategies
   * for data with temporal, spatial, hierarchical, or phylogenetic structure, 2017).
   */
  BLOCKS
}
