package syscallanomaly.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import syscallanomaly.trace.file.FileSystemRefusal;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.RejectedTraceException;
import syscallanomaly.trace.format.TraceParser;

/** Reads the files of a slice on an executor, one after another. */
final class SliceReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TraceSource source;
  private final long maxBytes;
  private final int largestCall;

  SliceReader(TraceSource source, long maxBytes, int largestCall) {
    this.source = source;
    this.maxBytes = maxBytes;
    this.largestCall = largestCall;
  }

  /** One element a file, in the slice's order; to be called within a Spark task. */
  Iterator<ParsedTrace> read(FileSlice slice) {
    TraceSource.Contents contents = source.contents();
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> close(contents));
    TraceParser parser = new TraceParser(maxBytes, largestCall);
    return IntStream.range(0, slice.size())
        .mapToObj(i -> read(contents, parser, slice.name(i), slice.bytes(i)))
        .iterator();
  }

  private ParsedTrace read(
      TraceSource.Contents contents, TraceParser parser, String name, long bytes) {
    if (bytes > maxBytes) {
      return ParsedTrace.rejected(name, TraceParser.tooLarge(bytes, maxBytes).getMessage());
    }
    try (InputStream in = contents.open(name, bytes)) {
      return ParsedTrace.accepted(name, parser.parse(in));
    } catch (RejectedTraceException e) {
      return ParsedTrace.rejected(name, e.getMessage());
    } catch (IOException | RuntimeException e) {
      // What damaged bytes make a decoder throw is not limited to IOException.
      return ParsedTrace.rejected(name, "cannot be read: " + FileSystemRefusal.reason(e));
    }
  }

  private static void close(TraceSource.Contents contents) {
    try {
      contents.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
