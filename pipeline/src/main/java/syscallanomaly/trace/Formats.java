package syscallanomaly.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import syscallanomaly.trace.event.text.EventFormats;
import syscallanomaly.trace.format.TraceFormats;

/** The names of all formats that {@link TraceReader} reads. */
public final class Formats {
  /** The format of tables of events. */
  public static final String EVENTS = "events";

  /** Stands for the format that the first files look like. */
  public static final String AUTO = "auto";

  private Formats() {}

  /** What each format is, in the order in which they are shown. */
  public static Map<String, String> descriptions() {
    Map<String, String> formats = new LinkedHashMap<>();
    TraceFormats.all().forEach(format -> formats.put(format.name(), format.description()));
    EventFormats.all().forEach(format -> formats.put(format.name(), format.description()));
    formats.put(
        EVENTS,
        "a folder of Parquet, ORC, JSON lines or CSV with one event a row, or table:NAME, which"
            + " Spark knows, also table:NAME where CONDITION");
    formats.put(AUTO, "the format that the first files look like");
    return formats;
  }

  /** The names of all formats. */
  public static List<String> names() {
    return List.copyOf(descriptions().keySet());
  }
}
