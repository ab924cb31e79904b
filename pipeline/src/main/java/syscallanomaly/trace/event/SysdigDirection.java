package syscallanomaly.trace.event;

/** Which of sysdig's two lines about a call stands for the call. */
public enum SysdigDirection {
  /** The line at the call's beginning, marked {@code >}. */
  ENTER,
  /** The line at the call's end, marked {@code <}. */
  EXIT
}
