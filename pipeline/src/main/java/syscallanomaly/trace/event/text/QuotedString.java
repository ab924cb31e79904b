package syscallanomaly.trace.event.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Strings as strace prints them: in double quotes, with the escapes of C. */
final class QuotedString {
  // PATH_MAX of Linux: no path is longer.
  private static final int LONGEST = 4096;

  private QuotedString() {}

  /**
   * The bytes of a string, read as UTF-8.
   *
   * @param from index of the opening quote
   * @return the string, or null if no string starts there or none of at most 4096 bytes ends
   */
  static String at(String line, int from) {
    if (from < 0 || from >= line.length() || line.charAt(from) != '"') {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int i = from + 1;
    while (i < line.length() && bytes.size() <= LONGEST) {
      char c = line.charAt(i++);
      if (c == '"') {
        return bytes.toString(StandardCharsets.UTF_8);
      }
      if (c != '\\') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      } else if (i < line.length()) {
        i = escape(line, i, bytes);
      }
    }
    return null;
  }

  /** Reads what follows a backslash and returns the index behind it. */
  private static int escape(String line, int from, ByteArrayOutputStream bytes) {
    char c = line.charAt(from);
    if (c == 'x') {
      return digits(line, from + 1, 2, 16, bytes);
    }
    if (Character.digit(c, 8) >= 0) {
      return digits(line, from, 3, 8, bytes);
    }
    bytes.write(
        switch (c) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'v' -> 0x0b;
          case 'f' -> '\f';
          default -> c;
        });
    return from + 1;
  }

  private static int digits(
      String line, int from, int most, int radix, ByteArrayOutputStream bytes) {
    int value = 0;
    int i = from;
    while (i < line.length() && i < from + most && Character.digit(line.charAt(i), radix) >= 0) {
      value = value * radix + Character.digit(line.charAt(i), radix);
      i++;
    }
    bytes.write(value);
    return i;
  }
}
