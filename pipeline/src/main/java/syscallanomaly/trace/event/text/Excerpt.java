package syscallanomaly.trace.event.text;

import syscallanomaly.trace.VisibleText;

/** Quotes foreign text in reasons. */
final class Excerpt {
  private static final int LONGEST = 40;

  private Excerpt() {}

  /** The text in quotes, its beginning if it is long, fit to be shown. */
  static String of(String text) {
    return text.length() <= LONGEST
        ? "'" + VisibleText.of(text) + "'"
        : "'" + VisibleText.of(text.substring(0, LONGEST)) + "...'";
  }
}
