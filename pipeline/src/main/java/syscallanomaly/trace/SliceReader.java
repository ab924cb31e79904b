package syscallanomaly.trace;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.TraceFormat;

/** Reads the files of a slice on an executor, one after another. */
final class SliceReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TraceSource source;
  private final TraceFormat format;
  private final long maxBytes;
  private final int largestCall;

  SliceReader(TraceSource source, TraceFormat format, long maxBytes, int largestCall) {
    this.source = source;
    this.format = format;
    this.maxBytes = maxBytes;
    this.largestCall = largestCall;
  }

  /**
   * Reads the files in the slice's order. It must be called within a Spark task, whose end closes
   * the open file.
   */
  Iterator<ParsedTrace> read(FileSlice slice) {
    SliceTraces traces = new SliceTraces(source, format.parser(largestCall), slice, maxBytes);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close(traces));
    return traces;
  }

  private static void close(SliceTraces traces) {
    try {
      traces.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
