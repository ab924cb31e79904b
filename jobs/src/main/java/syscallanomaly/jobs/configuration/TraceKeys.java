package syscallanomaly.jobs.configuration;

import java.util.List;
import java.util.Optional;
import syscallanomaly.trace.Formats;
import syscallanomaly.trace.HostSettings;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.trace.call.Architecture;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SysdigDirection;
import syscallanomaly.trace.event.table.EventTableSettings;
import syscallanomaly.trace.event.table.TimeUnit;
import syscallanomaly.trace.label.LabelRule;
import syscallanomaly.trace.sequence.SequenceSettings;

/** Reads the section {@code traces}. */
final class TraceKeys {
  private static final String LABELS = "traces.labels";
  private static final double NANOS = 1e9;
  private static final double LONGEST_GAP = 1e9;
  private static final int MOST_CALLS = 100_000_000;

  private final Section section;

  TraceKeys(Section section) {
    this.section = section;
  }

  TraceSettings read() {
    String format = section.name("traces.format", Formats.names());
    return new TraceSettings(
        format,
        section.text("traces.root"),
        section.nonEmptyText("traces.training"),
        section.nonEmptyText("traces.validation"),
        section.text("traces.attack"),
        section.text("traces.observed"),
        section.bytes("traces.max-bytes"),
        section.share("traces.max-rejected-share"),
        new HostSettings(records(), sequence(), table(), labels(format)));
  }

  private LabelRule labels(String format) {
    LabelRule rule = section.choice(LABELS, LabelRule.class);
    if (rule == LabelRule.LID_DS && !List.of("sysdig", Formats.AUTO).contains(format)) {
      section.refuse(
          LABELS,
          "must be auto or none where traces.format is %s: the labels of LID-DS lie beside"
                  .formatted(format)
              + " recordings of sysdig");
    }
    return rule;
  }

  private EventSettings records() {
    String architecture =
        section.text(
            "traces.architecture",
            "must be empty or " + String.join(" or ", Architecture.labels()),
            name -> name.isEmpty() || Architecture.named(name).isPresent());
    return new EventSettings(
        Optional.of(architecture).flatMap(Architecture::named),
        section.flag("traces.merge-variants"),
        section.choice("traces.sysdig-direction", SysdigDirection.class));
  }

  private SequenceSettings sequence() {
    boolean byThread = section.name("traces.by", List.of("process", "thread")).equals("thread");
    double gap =
        section.real(
            "traces.gap", "must be 0 to 1e9 seconds", value -> value >= 0 && value <= LONGEST_GAP);
    return new SequenceSettings(
        byThread,
        Math.round(gap * NANOS),
        section.wholeBetween(1, MOST_CALLS, "traces.max-calls"),
        section.flag("traces.cut-at-execve"),
        section.flag("traces.drop-duplicates"));
  }

  private EventTableSettings table() {
    return new EventTableSettings(
        section.text("traces.events.host"),
        section.text("traces.events.container"),
        section.nonEmptyText("traces.events.process"),
        section.text("traces.events.thread"),
        section.text("traces.events.started"),
        section.text("traces.events.time"),
        section.choice("traces.events.time-unit", TimeUnit.class),
        section.text("traces.events.order"),
        section.nonEmptyText("traces.events.call"),
        section.text("traces.events.architecture"),
        section.text("traces.events.executable"),
        section.text("traces.events.family"));
  }
}
