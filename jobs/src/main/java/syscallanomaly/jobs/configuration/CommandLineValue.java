package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;

/** A {@code key=value} of the command line. */
final class CommandLineValue {
  /** Where such a value comes from, for messages. */
  static final String ORIGIN = "--set";

  private CommandLineValue() {}

  /**
   * The configuration that holds the one key.
   *
   * <p>The value is HOCON where that is a number, a list, a quoted text or the like. Any other text
   * is taken as it stands: in HOCON, the slashes of {@code s3a://bucket} would start a comment.
   *
   * @throws IllegalArgumentException where no key can be made out, with a message for people
   */
  static Config parse(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "Cannot use --set "
              + assignment
              + ": it has no value; write --set "
              + assignment
              + "=VALUE");
    }
    String key = assignment.substring(0, equals).strip();
    String text = assignment.substring(equals + 1).strip();
    try {
      ConfigUtil.splitPath(key);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "Cannot use --set " + assignment + ": '" + key + "' is no key; --help lists all keys", e);
    }
    return value(text).atPath(key);
  }

  private static ConfigValue value(String text) {
    ConfigValue plain = ConfigValueFactory.fromAnyRef(text, ORIGIN);
    try {
      Config holder =
          ConfigFactory.parseString(
              "value = " + text, ConfigParseOptions.defaults().setOriginDescription(ORIGIN));
      if (holder.root().size() != 1) {
        return plain;
      }
      ConfigValue value = holder.root().get("value");
      boolean isBare =
          holder.isResolved()
              && value.valueType() == ConfigValueType.STRING
              && !text.startsWith("\"");
      return isBare ? plain : value;
    } catch (ConfigException e) {
      return plain;
    }
  }
}
