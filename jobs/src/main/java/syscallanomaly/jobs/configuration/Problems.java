package syscallanomaly.jobs.configuration;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes in a configuration, one line for each. */
final class Problems {
  private static final int LONGEST_VALUE = 80;

  private final List<String> lines = new ArrayList<>();

  /**
   * Notes that the value of a key cannot be used.
   *
   * @param key sections and key, joined by dots
   * @param value the value with its origin
   * @param reason why the value cannot be used
   */
  void add(String key, ConfigValue value, String reason) {
    lines.add("Cannot use " + key + " = " + shown(key, value) + ": " + reason + place(value));
  }

  void add(String line) {
    lines.add(Secrets.masked(line));
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  void throwIfAny() throws ConfigurationException {
    if (!lines.isEmpty()) {
      throw new ConfigurationException(lines);
    }
  }

  private static String shown(String key, ConfigValue value) {
    String text =
        switch (value.valueType()) {
          case STRING -> value.unwrapped().toString();
          // Some keys in the section may be secret.
          case OBJECT -> "{...}";
          default -> value.render(ConfigRenderOptions.concise());
        };
    String masked = Secrets.masked(key, text).toString().strip();
    if (masked.isEmpty()) {
      return "\"\"";
    }
    return masked.length() <= LONGEST_VALUE ? masked : masked.substring(0, LONGEST_VALUE) + "...";
  }

  private static String place(ConfigValue value) {
    if (value instanceof ConfigObject section && value.origin().lineNumber() < 0) {
      // The command line sets single keys, so the sections around them have no origin of their own.
      return section.isEmpty() ? "" : place(section.values().iterator().next());
    }
    ConfigOrigin origin = value.origin();
    String description = origin.description();
    if (description.startsWith(CommandLineValue.ORIGIN)) {
      return " (" + CommandLineValue.ORIGIN + ")";
    }
    int line = origin.lineNumber();
    String name = description.replaceFirst(": \\d+(-\\d+)?$", "");
    return " (" + Secrets.masked(name) + (line > 0 ? ":" + line : "") + ")";
  }
}
