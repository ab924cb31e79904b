package syscallanomaly.window;

/** What a network reads at a time. */
public enum SequenceKind {
  /** Windows of a fixed length, the last call of which it predicts. */
  WINDOWS,
  /** Whole traces, every call of which it predicts, its state carried along. */
  TRACES
}
