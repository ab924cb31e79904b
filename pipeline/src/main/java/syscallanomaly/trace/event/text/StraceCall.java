package syscallanomaly.trace.event.text;

/** Reads names, arguments and results of calls as strace prints them. */
final class StraceCall {
  /** What {@link #number} gives for a number that no call can have. */
  static final int NO_CALL = -1;

  // strace's names of calls that it has no name for; the first gives the number in base 16.
  private static final String UNNAMED = "syscall_0x";
  private static final String UNNAMED_BY_OLD_VERSIONS = "SYS_";

  private final CallNames names;

  StraceCall(CallNames names) {
    this.names = names;
  }

  static boolean isExec(String name) {
    return name.equals("execve") || name.equals("execveat");
  }

  static boolean isUnnamed(String name) {
    return name.startsWith(UNNAMED) || name.startsWith(UNNAMED_BY_OLD_VERSIONS);
  }

  /** The number of a call, or {@link #NO_CALL}. */
  int number(String name) {
    if (!isUnnamed(name)) {
      return names.number(name);
    }
    try {
      int own =
          name.startsWith(UNNAMED)
              ? Integer.parseInt(name.substring(UNNAMED.length()), 16)
              : Integer.parseInt(name.substring(UNNAMED_BY_OLD_VERSIONS.length()));
      return names.number(names.architecture(), own);
    } catch (IllegalArgumentException e) {
      return NO_CALL;
    }
  }

  /** Whether the line ends as the line of a call does. */
  static boolean isComplete(String line) {
    return line.endsWith("...>") || result(line) >= 0;
  }

  /** Whether the call's result is in the line and is an error. */
  static boolean failed(String line) {
    if (line.endsWith("...>")) {
      return false;
    }
    int result = result(line);
    return result >= 0 && line.startsWith("-1 ", result);
  }

  /**
   * The program that execve or execveat runs, or null if the line does not have it.
   *
   * @param end index of the parenthesis behind the name
   */
  static String program(String line, int end) {
    return QuotedString.at(line, line.indexOf('"', end));
  }

  /**
   * The thread that a call added to its process, or null.
   *
   * @param end index of the parenthesis behind the name
   */
  Long threadCreated(String name, String line, int end) {
    if (!isClone(name) || line.indexOf("CLONE_THREAD", end) < 0) {
      return null;
    }
    // Arguments of clone have no strings, so the first closing parenthesis with a result is its
    // own.
    Long created = idBehind(line, ") = ", end);
    return created != null ? created : idBehind(line, "strace: Process ", end);
  }

  /**
   * The thread that the end of a call says that the call added to its process, or null. The flags
   * stand at the call's beginning, which is another line. The C library asks the kernel for the id
   * of a new thread, and for that of a new process it does not.
   *
   * @param end index behind the name
   */
  Long threadResumed(String name, String line, int end) {
    if (!isClone(name)) {
      return null;
    }
    Long asked = idBehind(line, "parent_tid=[", end);
    Long created = cloned(line, end);
    return asked != null && asked.equals(created) ? created : null;
  }

  private static boolean isClone(String name) {
    return name.equals("clone") || name.equals("clone3");
  }

  /**
   * The result of clone or clone3, or null. Their arguments have neither strings nor parentheses,
   * so the first closing parenthesis is the call's.
   */
  private static Long cloned(String line, int from) {
    LineCursor cursor = new LineCursor();
    cursor.start(line);
    cursor.moveTo(from);
    cursor.skipPast(')');
    cursor.skipSpaces();
    return cursor.skip("= ") ? id(cursor) : null;
  }

  /** The number behind the first such text, or null. */
  private static Long idBehind(String line, String text, int from) {
    int found = line.indexOf(text, from);
    if (found < 0) {
      return null;
    }
    LineCursor cursor = new LineCursor();
    cursor.start(line);
    cursor.moveTo(found + text.length());
    return id(cursor);
  }

  private static Long id(LineCursor cursor) {
    long id = cursor.number();
    return id == LineCursor.NO_NUMBER ? null : id;
  }

  /** The index of the result: what follows the last parenthesis, spaces and equals sign, or -1. */
  private static int result(String line) {
    int equals = line.lastIndexOf(" = ");
    int before = equals;
    while (before > 0 && line.charAt(before) == ' ') {
      before--;
    }
    return before > 0 && line.charAt(before) == ')' ? equals + 3 : -1;
  }
}
