package syscallanomaly.jobs;

import java.net.URISyntaxException;
import java.net.URL;
import java.util.Objects;
import org.apache.logging.log4j.core.config.Configurator;

/** How much is logged where submit.sh cannot say so: by a driver on another machine. */
final class LogSettings {
  private static final String CHOSEN = "log4j2.configurationFile";

  private LogSettings() {}

  /** Logs as {@code conf/log4j2.properties} says, unless another file was chosen. */
  static void applyUnlessChosen() {
    if (System.getProperty(CHOSEN) != null) {
      return;
    }
    URL settings = Objects.requireNonNull(LogSettings.class.getResource("/conf/log4j2.properties"));
    try {
      Configurator.reconfigure(settings.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
