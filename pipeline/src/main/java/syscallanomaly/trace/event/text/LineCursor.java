package syscallanomaly.trace.event.text;

/** Walks along a line. It never leaves the line. */
final class LineCursor {
  /** What {@link #number()} gives where no number stands. */
  static final long NO_NUMBER = -1;

  private String line = "";
  private int at;

  void start(String newLine) {
    line = newLine;
    at = 0;
  }

  int at() {
    return at;
  }

  void moveTo(int index) {
    at = index;
  }

  boolean atEnd() {
    return at >= line.length();
  }

  /** The character here, or 0 at the end. */
  char here() {
    return at < line.length() ? line.charAt(at) : 0;
  }

  boolean startsWith(String text) {
    return line.startsWith(text, at);
  }

  void skipSpaces() {
    while (here() == ' ') {
      at++;
    }
  }

  /** Moves behind the text if it stands here. */
  boolean skip(String text) {
    if (!startsWith(text)) {
      return false;
    }
    at += text.length();
    return true;
  }

  /** Moves behind the next such character, or to the end if there is none. */
  void skipPast(char c) {
    int found = line.indexOf(c, at);
    at = found < 0 ? line.length() : found + 1;
  }

  /**
   * Moves behind the decimal number that stands here and returns it, or stays and returns {@link
   * #NO_NUMBER} if there is none that a long can hold.
   */
  long number() {
    long value = 0;
    int i = at;
    while (i < line.length() && isDigit(line.charAt(i))) {
      int digit = line.charAt(i) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return NO_NUMBER;
      }
      value = value * 10 + digit;
      i++;
    }
    if (i == at) {
      return NO_NUMBER;
    }
    at = i;
    return value;
  }

  /** Moves behind the digits of a fraction and returns it in billionths. */
  long billionths() {
    long value = 0;
    int digits = 0;
    while (isDigit(here())) {
      if (digits < 9) {
        value = value * 10 + (here() - '0');
        digits++;
      }
      at++;
    }
    for (; digits < 9; digits++) {
      value *= 10;
    }
    return value;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
