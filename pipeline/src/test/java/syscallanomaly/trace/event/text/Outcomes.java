package syscallanomaly.trace.event.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.EventFormat.Sink;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SystemCallEvent;

/** What lines gave. Each line must give exactly one thing. */
final class Outcomes implements Sink {
  final List<SystemCallEvent> events = new ArrayList<>();
  final Map<String, Integer> ignored = new TreeMap<>();
  final List<String> rejected = new ArrayList<>();
  private int given;

  private Outcomes() {}

  static Outcomes of(String format, String... lines) {
    return of(format, EventSettings.defaults(), "log", List.of(lines));
  }

  static Outcomes of(String format, EventSettings settings, String file, List<String> lines) {
    EventFormat.LineParser parser = EventFormats.named(format).orElseThrow().parser(settings, file);
    Outcomes outcomes = new Outcomes();
    for (String line : lines) {
      outcomes.parse(parser, line, false);
    }
    return outcomes;
  }

  static Outcomes ofCut(String format, String line) {
    Outcomes outcomes = new Outcomes();
    outcomes.parse(
        EventFormats.named(format).orElseThrow().parser(EventSettings.defaults(), "log"),
        line,
        true);
    return outcomes;
  }

  private void parse(EventFormat.LineParser parser, String line, boolean cut) {
    int before = given;
    parser.parse(line, cut, this);
    assertThat(given - before).as("what the line gives: %s", line).isEqualTo(1);
  }

  /** The only event; nothing else may have been given. */
  SystemCallEvent event() {
    assertThat(rejected).isEmpty();
    assertThat(ignored).isEmpty();
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  /** The names of the calls. */
  List<String> names() {
    return events.stream().map(event -> SystemCalls.tables().name(event.call())).toList();
  }

  @Override
  public void event(SystemCallEvent event) {
    given++;
    events.add(event);
  }

  @Override
  public void ignored(String kind) {
    given++;
    ignored.merge(kind, 1, Integer::sum);
  }

  @Override
  public void rejected(String reason) {
    given++;
    rejected.add(reason);
  }
}
