package syscallanomaly.trace;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import scala.Tuple2;
import scala.Tuple5;
import syscallanomaly.trace.file.ArchiveFile;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.TraceOrigin;

/**
 * Numbers the accepted traces of all slices. The ordinals run from 0 without a gap between slices.
 */
final class TraceNumbering implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern NUMBER = Pattern.compile("_\\d+$");

  private final Split split;
  private final String folder;

  /**
   * Ordinal of the first trace of each slice; the last element is the number of all accepted
   * traces.
   */
  private final long[] starts;

  /**
   * Lowest 64 bits of the content of each slice ({@link ContentFingerprint}). They travel with each
   * task, and are enough to see a change.
   */
  private final long[] contents;

  /**
   * @param split split of the traces
   * @param folder name of the split's folder, which gives the family of the files directly in it
   * @param counts counts of all slices, in order
   */
  TraceNumbering(Split split, String folder, List<SliceCount> counts) {
    this.split = split;
    this.folder = folder;
    starts = new long[counts.size() + 1];
    for (int i = 0; i < counts.size(); i++) {
      starts[i + 1] = starts[i] + counts.get(i).accepted();
    }
    contents = counts.stream().mapToLong(count -> count.content().longValue()).toArray();
  }

  /**
   * Numbers the accepted traces of a slice. Each element holds ordinal, trace id, family, calls and
   * origin. The origin holds host, container, process, thread, executable and start in nanoseconds
   * since 1970, as far as they are known. The iterator throws an {@link UnusableInputException} if
   * the traces are not those that were counted. What a worker has read is kept, so that this
   * happens only if files changed and the worker was lost.
   */
  Iterator<
          Tuple5<
              Long,
              String,
              String,
              int[],
              Tuple5<String, String, Tuple2<Long, Long>, String, Long>>>
      number(int slice, Iterator<ParsedTrace> traces) {
    return new Numbered(traces, starts[slice], starts[slice + 1], contents[slice]);
  }

  private String family(ParsedTrace trace) {
    if (split != Split.ATTACK) {
      return null;
    }
    if (trace.family() != null) {
      return trace.family();
    }
    String file = trace.file();
    int end = file.lastIndexOf('/');
    String parent = end < 0 ? folder : file.substring(file.lastIndexOf('/', end - 1) + 1, end);
    return NUMBER.matcher(ArchiveFile.withoutSuffix(parent)).replaceFirst("");
  }

  private static Tuple5<String, String, Tuple2<Long, Long>, String, Long> origin(
      TraceOrigin origin) {
    return origin == null
        ? new Tuple5<>(null, null, new Tuple2<>(null, null), null, null)
        : new Tuple5<>(
            origin.host(),
            origin.container(),
            new Tuple2<>(origin.process(), origin.thread()),
            origin.executable(),
            origin.started());
  }

  private final class Numbered
      implements Iterator<
          Tuple5<
              Long,
              String,
              String,
              int[],
              Tuple5<String, String, Tuple2<Long, Long>, String, Long>>> {
    private final Iterator<ParsedTrace> traces;
    private final long end;
    private final long expected;
    private final ContentFingerprint content = new ContentFingerprint();
    private long ordinal;
    private ParsedTrace next;
    private String firstFile;
    private String lastFile;

    Numbered(Iterator<ParsedTrace> traces, long start, long end, long expected) {
      this.traces = traces;
      this.ordinal = start;
      this.end = end;
      this.expected = expected;
      advance();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Tuple5<
            Long, String, String, int[], Tuple5<String, String, Tuple2<Long, Long>, String, Long>>
        next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      ParsedTrace trace = next;
      Tuple5<Long, String, String, int[], Tuple5<String, String, Tuple2<Long, Long>, String, Long>>
          row =
              new Tuple5<>(
                  ordinal++, trace.traceId(), family(trace), trace.calls(), origin(trace.origin()));
      advance();
      return row;
    }

    private void advance() {
      next = null;
      while (next == null && traces.hasNext()) {
        ParsedTrace trace = traces.next();
        if (trace.counts() != null) {
          continue;
        }
        lastFile = trace.traceId();
        firstFile = firstFile == null ? lastFile : firstFile;
        next = trace.isAccepted() ? trace : null;
      }
      // A file that changed between counting and reading would shift or repeat ordinals, or give
      // other traces than those whose fingerprint is known.
      if (next == null ? ordinal != end || content.sum().longValue() != expected : ordinal == end) {
        throw new UnusableInputException(
            ("Cannot number the %s traces: the files from %s to %s give other traces than when they"
                    + " were counted; run again")
                .formatted(split.label(), firstFile, lastFile));
      }
      if (next != null) {
        content.add(next);
      }
    }
  }
}
