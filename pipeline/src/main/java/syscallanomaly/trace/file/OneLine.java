package syscallanomaly.trace.file;

/** Shortens an error's message to one line of bounded length, for a table or a terminal. */
final class OneLine {
  private static final int LENGTH = 300;

  private OneLine() {}

  static String of(Throwable error) {
    String message = error.getMessage() == null ? "" : error.getMessage();
    String line = message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    if (line.isEmpty()) {
      return error.getClass().getSimpleName();
    }
    return line.length() > LENGTH ? line.substring(0, LENGTH) + "..." : line;
  }
}
