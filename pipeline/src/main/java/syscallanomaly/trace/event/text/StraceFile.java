package syscallanomaly.trace.event.text;

/**
 * What the name of a file says about the lines in it.
 *
 * @param recording the file; for a file of strace -ff, the name that all files of the recording
 *     share
 * @param thread id of the thread at the end of the name of a file of strace -ff, else 0
 */
record StraceFile(String recording, long thread) {
  private static final int MOST_DIGITS = 10;

  /** Reads names such as {@code web/log}, {@code web/log.4711} and {@code web/log.4711.gz}. */
  static StraceFile named(String file) {
    String plain = withoutCompression(file);
    int dot = plain.lastIndexOf('.');
    int digits = plain.length() - dot - 1;
    boolean ofThread =
        dot > 0
            && digits > 0
            && digits <= MOST_DIGITS
            && plain.chars().skip(dot + 1L).allMatch(c -> c >= '0' && c <= '9');
    return ofThread
        ? new StraceFile(plain.substring(0, dot), Long.parseLong(plain.substring(dot + 1)))
        : new StraceFile(file, 0);
  }

  private static String withoutCompression(String file) {
    for (String ending : new String[] {".gz", ".zst"}) {
      if (file.endsWith(ending)) {
        return file.substring(0, file.length() - ending.length());
      }
    }
    return file;
  }
}
