package syscallanomaly.trace.label;

/** Which labels beside recordings decide what is normal and what is an attack. */
public enum LabelRule {
  /** Those of LID-DS 2021, if one of the first files beside the recordings has their form. */
  AUTO,
  /** Those of LID-DS 2021, which each recording must have. */
  LID_DS,
  /** None. The place of a trace alone says what it is. */
  NONE
}
