package syscallanomaly.trace;

/**
 * Makes foreign text, such as the name of a file, fit to be shown. A name may hold characters that
 * move a terminal's cursor, change its colours or turn the direction of the text around.
 */
public final class VisibleText {
  private VisibleText() {}

  /**
   * Replaces every character that has no shape of its own by its escape: {@code \n}, {@code \r},
   * {@code \t}, or {@code \}{@code u} and four hexadecimal digits for each unit of UTF-16. These
   * are control and format characters, separators of lines and paragraphs, and halves of surrogate
   * pairs. The result is one line. Text without such characters is returned as it is.
   */
  public static String of(String text) {
    if (text.codePoints().allMatch(VisibleText::hasShape)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (hasShape(c)) {
                shown.appendCodePoint(c);
              } else {
                appendEscape(shown, c);
              }
            });
    return shown.toString();
  }

  private static void appendEscape(StringBuilder shown, int codePoint) {
    switch (codePoint) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        for (char unit : Character.toChars(codePoint)) {
          shown.append("\\u%04x".formatted((int) unit));
        }
      }
    }
  }

  private static boolean hasShape(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
