package syscallanomaly.trace.event;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A text format that has one event a line. A format is sent to the executors, so it must be
 * serialisable.
 */
public interface EventFormat extends Serializable {
  /** The name in the configuration, such as {@code strace}. */
  String name();

  /** One sentence that says what a file holds, in lower case and without a full stop. */
  String description();

  /**
   * Whether these lines look like the format. No two formats recognise the same lines.
   *
   * @param firstLines first lines of a file, without their ends; the last may be cut off
   */
  boolean recognises(List<String> firstLines);

  /**
   * Makes a parser for the lines of one file, which one thread uses. A file may be read in pieces
   * by several parsers, each of which starts at the beginning of a line.
   *
   * @param file path of the file relative to its split's folder; strace -ff writes the thread's id
   *     at its end
   */
  LineParser parser(EventSettings settings, String file);

  /**
   * Name of the recording that a file belongs to. Where no line says the host, events of different
   * recordings belong to different processes, whatever their numbers are.
   *
   * @param file path of the file relative to its split's folder
   */
  default String recording(String file) {
    return file;
  }

  /**
   * Whether events say to which process a thread belongs. If not, {@link
   * SystemCallEvent#createdThread()} does.
   */
  default boolean tellsProcesses() {
    return true;
  }

  /**
   * Whether a file lies beside recordings and is none itself, such as one with the labels of a data
   * set. It holds no event.
   *
   * @param file path of the file relative to its split's folder, without the ending of a packed one
   */
  default boolean isCompanion(String file) {
    return false;
  }

  /**
   * Name of the file beside a recording that may hold its labels, or empty if the format's
   * recordings have none. It is a companion.
   *
   * @param file path of the recording relative to its split's folder, without the ending of a
   *     packed one
   */
  default Optional<String> labels(String file) {
    return Optional.empty();
  }

  /** Reads lines one after another. It keeps nothing between lines that would change a result. */
  interface LineParser {
    /**
     * Reads a line. It calls the sink exactly once and throws nothing, whatever the line holds.
     *
     * @param line the line without its end
     * @param cut whether only the beginning of the line is here, because the line is longer than
     *     the reader's limit
     */
    void parse(String line, boolean cut, Sink sink);
  }

  /** Takes what a line gave. */
  interface Sink {
    void event(SystemCallEvent event);

    /**
     * Takes a line of the format that is no call.
     *
     * @param kind what it is, from a small set of texts, such as {@code signal}
     */
    void ignored(String kind);

    /**
     * Takes a line that is not of the format.
     *
     * @param reason one line that completes a sentence about the line, such as {@code has no system
     *     call}. It quotes at most a short and visible piece of the line
     */
    void rejected(String reason);
  }
}
