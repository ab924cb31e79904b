package syscallanomaly.jobs.configuration;

import java.util.regex.Pattern;

/** Hides secrets in what is printed or stored. */
public final class Secrets {
  /** Stands where a secret stood. */
  public static final String MASK = "***";

  private static final String NAMES =
      "password|passwd|secret|token|credential|access-?_?key|signature";
  private static final Pattern SECRET_KEY = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*(?=@)");
  // Access keys hold slashes, so that user information does not end at one; a port is no password.
  private static final Pattern USER_INFO_WITH_SLASH =
      Pattern.compile("(?<=://)[^/:@\\s]+:(?!\\d+/)[^@\\s]*(?=@)");
  private static final Pattern QUERY =
      Pattern.compile(
          "([?&;][^=&\\s]*(?:" + NAMES + "|sig)[^=&\\s]*=)[^&#\\s]*", Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** The value to show for a key: masked where the key names a secret. */
  static Object masked(String key, Object value) {
    if (SECRET_KEY.matcher(key).find()) {
      return MASK;
    }
    return value instanceof String text ? masked(text) : value;
  }

  /** Whether a URI in the text holds a user's name and password. */
  static boolean standIn(String text) {
    return USER_INFO_WITH_SLASH.matcher(text).find();
  }

  /** The text without the user information and the credentials of the URIs in it. */
  public static String masked(String text) {
    String withoutUser = USER_INFO.matcher(text).replaceAll(MASK);
    withoutUser = USER_INFO_WITH_SLASH.matcher(withoutUser).replaceAll(MASK);
    return QUERY.matcher(withoutUser).replaceAll("$1" + MASK.replace("$", "\\$"));
  }
}
