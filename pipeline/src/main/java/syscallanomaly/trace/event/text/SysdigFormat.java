package syscallanomaly.trace.event.text;

import java.util.List;
import java.util.Optional;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.EventSettings;

/**
 * Lines of sysdig in the layout of the data set LID-DS 2021 (Grimmer et al.): {@code time uid pid
 * name tid call direction arguments}, which sysdig writes with {@code -p "%evt.rawtime %user.uid
 * %proc.pid %proc.name %thread.tid %evt.type %evt.dir %evt.args"}. The time is in nanoseconds since
 * 1970. A call has a line at its beginning, marked {@code >}, and one at its end, marked {@code <};
 * the settings say which one counts.
 */
final class SysdigFormat implements EventFormat {
  static final String NAME = "sysdig";

  private static final long serialVersionUID = 1L;
  private static final String LABELS = ".json";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "each line is time, uid, pid, name, tid, call, direction and arguments, from sysdig";
  }

  @Override
  public boolean recognises(List<String> firstLines) {
    return Recognition.looksRight(parser(EventSettings.defaults(), ""), firstLines);
  }

  /** A recording of LID-DS has its labels, what its processes used and its packets beside it. */
  @Override
  public boolean isCompanion(String file) {
    return file.endsWith(LABELS) || file.endsWith(".res") || file.endsWith(".pcap");
  }

  @Override
  public Optional<String> labels(String file) {
    int dot = file.indexOf('.', file.lastIndexOf('/') + 2);
    int end = dot < 0 ? file.length() : file.lastIndexOf('.');
    return Optional.of(file.substring(0, end) + LABELS);
  }

  @Override
  public LineParser parser(EventSettings settings, String file) {
    return new SysdigParser(settings);
  }
}
