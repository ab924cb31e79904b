package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;

/** An assignment {@code key=value} from the command line. */
final class CommandLineValue {
  /** The origin of the value in error messages. */
  static final String ORIGIN = "--set";

  private CommandLineValue() {}

  /**
   * Returns a configuration that holds the one key.
   *
   * <p>The value is parsed as HOCON if HOCON reads it as a number, a list, a quoted text or the
   * like. Any other text is taken literally, because HOCON would read the slashes of {@code
   * s3a://bucket} as a comment.
   *
   * @param assignment the text after {@code --set}
   * @throws IllegalArgumentException if the text names no key or has no value; its message is
   *     written for the user
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
