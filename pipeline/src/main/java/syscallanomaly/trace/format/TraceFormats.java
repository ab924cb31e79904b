package syscallanomaly.trace.format;

import java.util.List;
import syscallanomaly.trace.UnusableInputException;

/** The formats that this program reads. */
public final class TraceFormats {
  /** Name of the format that is read where none is chosen. */
  public static final String DEFAULT = AdfaLdFormat.NAME;

  private static final List<TraceFormat> ALL = List.of(new AdfaLdFormat());

  private TraceFormats() {}

  /** Every format, in the order in which people see them listed. */
  public static List<TraceFormat> all() {
    return ALL;
  }

  /** The names of all formats, in the order of {@link #all()}. */
  public static List<String> names() {
    return ALL.stream().map(TraceFormat::name).toList();
  }

  /**
   * The format of this name.
   *
   * @throws UnusableInputException where there is none; it lists the names that there are
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
