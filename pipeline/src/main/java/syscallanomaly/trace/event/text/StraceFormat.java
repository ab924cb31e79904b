package syscallanomaly.trace.event.text;

import java.util.List;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.EventSettings;

/**
 * Text that strace writes, with {@code -f}, {@code -ff} or neither, and with any of {@code -t -tt
 * -ttt -r -T -y -yy -Y -k -i -n -x -q}.
 *
 * <p>Only {@code -ttt} has a date. Without it, events have no time, and the order of the lines is
 * their order. Lines without the id of a thread are of thread 0, or of the thread that the name of
 * a file of {@code -ff} ends with. strace -f without {@code -o} leaves the id out while it traces a
 * single thread, so it is better to write to a file.
 */
final class StraceFormat implements EventFormat {
  static final String NAME = "strace";

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "each line is a call, a signal or an end that strace wrote";
  }

  @Override
  public boolean recognises(List<String> firstLines) {
    return Recognition.looksRight(parser(EventSettings.defaults(), ""), firstLines);
  }

  @Override
  public LineParser parser(EventSettings settings, String file) {
    return new StraceParser(settings, StraceFile.named(file).thread());
  }

  /** All files of one strace -ff are one recording. */
  @Override
  public String recording(String file) {
    return StraceFile.named(file).recording();
  }

  @Override
  public boolean tellsProcesses() {
    return false;
  }
}
