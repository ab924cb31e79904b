package syscallanomaly.trace.event.text;

import java.util.List;
import syscallanomaly.trace.event.EventFormat.LineParser;
import syscallanomaly.trace.event.EventFormat.Sink;
import syscallanomaly.trace.event.SystemCallEvent;

/** Whether lines look like a format: at least one is an event, and at most half are rejected. */
final class Recognition implements Sink {
  private int events;
  private int rejected;
  private int read;

  private Recognition() {}

  /** Tries a format's parser on lines; the last one may be cut off. */
  static boolean looksRight(LineParser parser, List<String> lines) {
    Recognition found = new Recognition();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        found.read++;
        parser.parse(lines.get(i), i == lines.size() - 1, found);
      }
    }
    return found.events > 0 && found.rejected * 2 <= found.read;
  }

  @Override
  public void event(SystemCallEvent event) {
    events++;
  }

  @Override
  public void ignored(String kind) {}

  @Override
  public void rejected(String reason) {
    rejected++;
  }
}
