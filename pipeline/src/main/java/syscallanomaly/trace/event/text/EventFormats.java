package syscallanomaly.trace.event.text;

import java.util.List;
import java.util.Optional;
import syscallanomaly.trace.event.EventFormat;

/** Lists the text formats of events that this program reads. */
public final class EventFormats {
  private static final List<EventFormat> ALL =
      List.of(new StraceFormat(), new AuditdFormat(), new SysdigFormat());

  private EventFormats() {}

  /** All formats, in the order in which they are shown. */
  public static List<EventFormat> all() {
    return ALL;
  }

  /** The format with this name. */
  public static Optional<EventFormat> named(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
  }

  /**
   * The format that these lines look like.
   *
   * @param firstLines first lines of a file, without their ends; the last may be cut off
   */
  public static Optional<EventFormat> recognised(List<String> firstLines) {
    return ALL.stream().filter(format -> format.recognises(firstLines)).findFirst();
  }
}
