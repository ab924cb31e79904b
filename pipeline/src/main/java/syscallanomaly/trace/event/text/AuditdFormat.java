package syscallanomaly.trace.event.text;

import java.util.List;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.EventSettings;

/**
 * The log of the Linux audit daemon (audit.log), raw or enriched, and what {@code ausearch} prints
 * of it. Records of the type SYSCALL are calls; others are counted by type. A record has the id of
 * the process and not of the thread. The kernel gives the time in milliseconds and numbers its
 * records; the last six digits of that serial number become the nanoseconds below, so that calls of
 * one millisecond keep their order.
 */
final class AuditdFormat implements EventFormat {
  static final String NAME = "auditd";

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "each line is a record of the Linux audit daemon, raw or enriched";
  }

  @Override
  public boolean recognises(List<String> firstLines) {
    return Recognition.looksRight(parser(EventSettings.defaults(), ""), firstLines);
  }

  @Override
  public LineParser parser(EventSettings settings, String file) {
    return new AuditdParser(settings);
  }

  /** A log is continued in the next file of its folder. */
  @Override
  public String recording(String file) {
    int slash = file.lastIndexOf('/');
    return slash < 0 ? "" : file.substring(0, slash);
  }
}
