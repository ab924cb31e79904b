package syscallanomaly.trace.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Iterator;

/**
 * How the content of one file becomes traces. To add a format, write a class that implements this
 * and name it in {@link TraceFormats}; nothing else has to change.
 *
 * <p>A format travels to the executors, so it holds nothing that cannot be serialised.
 */
public interface TraceFormat extends Serializable {
  /** The name in {@link syscallanomaly.trace.TraceSettings#format()}, such as {@code adfa-ld}. */
  String name();

  /** One sentence on what a file holds, in lower case and without a full stop. */
  String description();

  /**
   * A new parser, which one thread uses for many files.
   *
   * @param largestCall largest system-call number that a trace may hold, at least 0
   */
  Parser parser(int largestCall);

  /**
   * Reads files one after another, for one thread. It may keep buffers from file to file, but
   * nothing that it has read.
   */
  interface Parser {
    /**
     * The traces of a file, in an order that its content alone decides. Each is accepted or
     * rejected with a reason. The order is part of the result: it numbers the traces.
     *
     * <p>The iterator reads as it is asked, so that the traces of a large file need not be in
     * memory together. Its errors of reading are {@link java.io.UncheckedIOException}s. After an
     * error the rest of the file is rejected, and what came before it stands. A file without any
     * trace is rejected too. The parser need not look at the file's size, and does not close the
     * stream.
     *
     * @param file path of the file relative to its split's folder, which each trace must name
     * @param in the file's content; it is open until the iterator has no more elements
     * @throws IOException where the file cannot be read
     */
    Iterator<ParsedTrace> parse(String file, InputStream in) throws IOException;
  }
}
