package syscallanomaly.trace.event;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import syscallanomaly.trace.call.Architecture;

/** How event records are read. */
public final class EventSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  // Optional is not serialisable.
  private final Architecture architecture;
  private final boolean mergeVariants;
  private final SysdigDirection sysdigDirection;

  /**
   * Makes settings.
   *
   * @param architecture whose numbers records have that do not say it. Empty: x86-64
   * @param mergeVariants whether variants of a call count as one, see {@link
   *     syscallanomaly.trace.call.SystemCalls#merged}
   * @param sysdigDirection which of sysdig's two lines about a call stands for it
   */
  public EventSettings(
      Optional<Architecture> architecture, boolean mergeVariants, SysdigDirection sysdigDirection) {
    this.architecture = architecture.orElse(null);
    this.mergeVariants = mergeVariants;
    this.sysdigDirection = Objects.requireNonNull(sysdigDirection);
  }

  /**
   * The architecture is what records say, variants are kept apart, calls stand at their beginning.
   */
  public static EventSettings defaults() {
    return new EventSettings(Optional.empty(), false, SysdigDirection.ENTER);
  }

  public Optional<Architecture> architecture() {
    return Optional.ofNullable(architecture);
  }

  public boolean mergeVariants() {
    return mergeVariants;
  }

  public SysdigDirection sysdigDirection() {
    return sysdigDirection;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventSettings same
        && architecture == same.architecture
        && mergeVariants == same.mergeVariants
        && sysdigDirection == same.sysdigDirection;
  }

  @Override
  public int hashCode() {
    return Objects.hash(architecture, mergeVariants, sysdigDirection);
  }
}
