package syscallanomaly.jobs.configuration;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Hides secrets in texts that the program prints or stores. */
public final class Secrets {
  /** The text that replaces a secret. */
  public static final String MASK = "***";

  private static final String NAMES =
      "password|passwd|secret|token|credential|access[-_.]?key|signature";
  private static final Pattern SECRET_KEY = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);
  // The values of keys with other endings (...credentials.provider, ...token.enabled) are no
  // secrets.
  private static final Pattern KEY_OF_VALUE =
      Pattern.compile(
          "(password|passwd|secret|token|credentials?|access[-_.]?key([-_.]?id)?|secret[-_.]?key|signature)$",
          Pattern.CASE_INSENSITIVE);
  private static final int SHORTEST_VALUE = 5;
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*(?=@)");
  // Access keys may contain slashes, so user information may go on behind a slash. A port is no
  // password.
  private static final Pattern USER_INFO_WITH_SLASH =
      Pattern.compile("(?<=://)[^/:@\\s]+:(?!\\d+/)[^@\\s]*(?=@)");
  // The form jdbc:oracle:thin:user/password@//host.
  private static final Pattern USER_OF_DATABASE =
      Pattern.compile("(?<=jdbc:[a-z0-9]{1,20}:[a-z0-9]{1,20}:)[^/@\\s]+/[^@\\s]*(?=@)");
  private static final Pattern QUERY =
      Pattern.compile(
          "([?&;][^=&\\s]*(?:" + NAMES + "|sig)[^=&\\s]*=)[^&#\\s]*", Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /**
   * Returns the value to show for a key: {@link #MASK} if the name of the key says that it is
   * secret.
   */
  static Object masked(String key, Object value) {
    if (SECRET_KEY.matcher(key).find()) {
      return MASK;
    }
    return value instanceof String text ? withoutCredentials(text) : value;
  }

  /** Whether a URI in the text contains a user name and a password. */
  static boolean standIn(String text) {
    return USER_INFO_WITH_SLASH.matcher(text).find();
  }

  /**
   * Returns the text with secrets masked: user information and credentials in URIs, and secrets
   * that the program received in environment variables or system properties. Spark's options are
   * system properties.
   */
  public static String masked(String text) {
    return masked(text, strings(System.getProperties()), System.getenv());
  }

  static String masked(
      String text, Map<String, String> properties, Map<String, String> environment) {
    String masked = withoutCredentials(text);
    // The longest secret comes first, because a shorter one may be a part of it.
    for (String secret :
        List.of(properties, environment).stream()
            .flatMap(given -> given.entrySet().stream())
            .filter(entry -> KEY_OF_VALUE.matcher(entry.getKey()).find())
            .map(Map.Entry::getValue)
            // A value such as that of ALLOW_TOKEN=false would mask a common word.
            .filter(value -> value.length() >= SHORTEST_VALUE && !value.equalsIgnoreCase("false"))
            .sorted(Comparator.comparing(String::length).reversed())
            .toList()) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  private static String withoutCredentials(String text) {
    String masked = text;
    for (Pattern user : List.of(USER_INFO, USER_INFO_WITH_SLASH, USER_OF_DATABASE)) {
      masked = user.matcher(masked).replaceAll(MASK);
    }
    return QUERY.matcher(masked).replaceAll("$1" + MASK);
  }

  private static Map<String, String> strings(Properties properties) {
    Map<String, String> strings = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> strings.put(name, properties.getProperty(name, "")));
    return strings;
  }
}
