package syscallanomaly.window;

/** The kind of sequence that a network reads. */
public enum SequenceKind {
  /** Windows of a fixed length. The network predicts the last call of each. */
  WINDOWS,
  /** Whole traces. The network predicts every call, and carries its state through the trace. */
  TRACES
}
