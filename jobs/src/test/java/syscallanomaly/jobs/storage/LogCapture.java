package syscallanomaly.jobs.storage;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Everything that is logged while it is open, down to a level below what is shown. */
final class LogCapture implements AutoCloseable {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig root = context.getConfiguration().getRootLogger();
  private final Level before = root.getLevel();
  private final AbstractAppender appender =
      new AbstractAppender("capture", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          lines.add(event.getMessage().getFormattedMessage() + " " + event.getThrown());
        }
      };

  private LogCapture() {}

  static LogCapture start(Level level) {
    LogCapture capture = new LogCapture();
    capture.appender.start();
    capture.root.addAppender(capture.appender, level, null);
    // What was shown before is all that is shown now.
    capture.root.getAppenders().values().stream()
        .filter(other -> other != capture.appender)
        .forEach(
            other -> {
              capture.root.removeAppender(other.getName());
              capture.root.addAppender(other, capture.before, null);
            });
    capture.root.setLevel(level);
    capture.context.updateLoggers();
    return capture;
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    root.removeAppender("capture");
    root.setLevel(before);
    context.updateLoggers();
  }
}
