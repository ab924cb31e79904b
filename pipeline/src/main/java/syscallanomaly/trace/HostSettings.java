package syscallanomaly.trace;

import java.io.Serializable;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.table.EventTableSettings;
import syscallanomaly.trace.label.LabelRule;
import syscallanomaly.trace.sequence.SequenceSettings;

/**
 * How the events that hosts record are read. Formats of whole traces do not need it.
 *
 * @param records how single records are read
 * @param sequence where traces begin and end
 * @param table which columns a table of events has
 * @param labels which labels beside recordings say what is normal and what is an attack
 */
public record HostSettings(
    EventSettings records, SequenceSettings sequence, EventTableSettings table, LabelRule labels)
    implements Serializable {

  /** Traces of whole processes, and the usual names of columns. */
  public static HostSettings defaults() {
    return new HostSettings(
        EventSettings.defaults(),
        SequenceSettings.defaults(),
        EventTableSettings.defaults(),
        LabelRule.AUTO);
  }
}
