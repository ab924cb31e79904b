package syscallanomaly.jobs;

import java.net.URISyntaxException;
import java.net.URL;
import java.util.Objects;
import org.apache.logging.log4j.core.config.Configurator;

/** Chooses the log settings for a driver on another machine, where submit.sh cannot choose them. */
final class LogSettings {
  private static final String CHOSEN = "log4j2.configurationFile";

  private LogSettings() {}

  /** Applies {@code conf/log4j2.properties}, unless a system property names another file. */
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
