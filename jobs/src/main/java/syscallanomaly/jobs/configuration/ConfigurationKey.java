package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A key of the configuration, as {@code reference.conf} describes it.
 *
 * @param path sections and key, joined by dots
 * @param fallback default value, as HOCON
 * @param meaning one line that says what the key means
 */
public record ConfigurationKey(String path, String fallback, String meaning) {

  /** Returns all keys in the order of {@code reference.conf}. */
  public static List<ConfigurationKey> all() {
    Config reference = ConfigurationLoader.reference();
    return reference.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()))
        .map(ConfigurationKey::of)
        .toList();
  }

  private static ConfigurationKey of(Map.Entry<String, ConfigValue> entry) {
    return new ConfigurationKey(
        String.join(".", ConfigUtil.splitPath(entry.getKey())),
        entry.getValue().render(ConfigRenderOptions.concise()),
        String.join(" ", entry.getValue().origin().comments()).strip());
  }
}
