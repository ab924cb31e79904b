package syscallanomaly.trace.file;

import syscallanomaly.trace.VisibleText;

/**
 * Shortens an error's message to one line of bounded length, for a table or a terminal. Blanks
 * replace line ends, because libraries write messages of several lines.
 */
public final class OneLine {
  private static final int LENGTH = 300;

  private OneLine() {}

  /** The message of an error, or the name of its class if it has none. */
  public static String of(Throwable error) {
    String message = error.getMessage() == null ? "" : error.getMessage();
    String line = VisibleText.of(message.replaceAll("\\s+", " ").strip());
    if (line.isEmpty()) {
      return error.getClass().getSimpleName();
    }
    return line.length() > LENGTH ? line.substring(0, LENGTH) + "..." : line;
  }
}
