package syscallanomaly.trace.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Iterator;

/**
 * Turns the content of a file into traces. To add a format, write a class that implements this
 * interface and name it in {@link TraceFormats}. Nothing else has to change.
 *
 * <p>A format is sent to the executors, so it must be serialisable.
 */
public interface TraceFormat extends Serializable {
  /** The name in {@link syscallanomaly.trace.TraceSettings#format()}, such as {@code adfa-ld}. */
  String name();

  /** One sentence that says what a file holds, in lower case and without a full stop. */
  String description();

  /**
   * Makes a parser, which one thread uses for many files.
   *
   * @param largestCall largest system-call number that a trace may hold, at least 0
   */
  Parser parser(int largestCall);

  /**
   * Reads files one after another, for one thread. It may keep buffers between files, but none of
   * their content.
   */
  interface Parser {
    /**
     * Reads the traces of a file. Each is accepted, or rejected with a reason. The content alone
     * decides their order, because the order numbers the traces.
     *
     * <p>The iterator reads a trace when it is asked for one, so that a large file need not fit in
     * memory. It throws an {@link java.io.UncheckedIOException} if it cannot read on. After an
     * error in the content, the rest of the file is rejected, and the traces before it are kept. An
     * error of the stream itself must stay among the causes. It says whether the disk failed, which
     * is no reject. The caller rejects a file that has no trace, checks the file's size and closes
     * the stream.
     *
     * @param file path of the file relative to its split's folder, which each trace must name
     * @param in the file's content; it is open until the iterator has no more elements
     * @throws IOException if the file cannot be read
     */
    Iterator<ParsedTrace> parse(String file, InputStream in) throws IOException;
  }
}
