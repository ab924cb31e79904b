package syscallanomaly.trace.format;

import java.util.List;
import syscallanomaly.trace.UnusableInputException;

/** Lists the formats that this program reads. */
public final class TraceFormats {
  /** Name of the format that is read where none is chosen. */
  public static final String DEFAULT = AdfaLdFormat.NAME;

  private static final List<TraceFormat> ALL = List.of(new AdfaLdFormat(), new UnmFormat());

  private TraceFormats() {}

  /** All formats, in the order in which they are shown. */
  public static List<TraceFormat> all() {
    return ALL;
  }

  /** The names of all formats, in the order of {@link #all()}. */
  public static List<String> names() {
    return ALL.stream().map(TraceFormat::name).toList();
  }

  /**
   * Finds the format with this name.
   *
   * @throws UnusableInputException if no format has this name; the message lists the names
   */
  public static TraceFormat named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "Cannot read traces of the format '%s': no such format; there are %s"
                        .formatted(name, String.join(", ", names()))));
  }
}
