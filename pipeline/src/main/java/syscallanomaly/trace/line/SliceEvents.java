package syscallanomaly.trace.line;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.sql.Row;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.event.EventCounts.Counted;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.text.EventFormats;
import syscallanomaly.trace.file.FileSystemRefusal;
import syscallanomaly.trace.file.StorageException;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.label.RecordingLabel;
import syscallanomaly.trace.sequence.EventColumns;

/**
 * Iterates over the events of the lines of a slice, as rows. After the events of a piece come rows
 * that count its other lines. A file that is damaged or that the user may not read gives a reject;
 * what was read before it stays. A failing disk or network throws an {@link
 * UnusableInputException}, which makes Spark run the task again.
 */
final class SliceEvents implements Iterator<Row>, Closeable {
  private static final int FIRST_LINES = 20;
  private static final int FIRST_CHARACTERS = 2_000;

  private final TraceSource source;
  private final TraceSource.Contents contents;
  private final EventFormat format;
  private final EventSettings settings;
  private final boolean byThread;

  /** Whether each file has a file with labels, which say what its events are. */
  private final boolean labelled;

  private final Iterator<LineRange> ranges;
  private final ArrayDeque<Row> ready = new ArrayDeque<>();
  private final LineRejects others = new LineRejects();
  private final Taker taker = new Taker();
  private final List<String> firstLines = new ArrayList<>();

  private LineRange range;
  private LineReader lines;
  private EventFormat.LineParser parser;
  private String recording;
  private RecordingLabel label;
  private long read;
  private long events;

  SliceEvents(
      TraceSource source,
      EventFormat format,
      EventSettings settings,
      boolean byThread,
      boolean labelled,
      LineSlice slice) {
    this.source = source;
    this.contents = source.contents();
    this.format = format;
    this.settings = settings;
    this.byThread = byThread;
    this.labelled = labelled;
    this.ranges = slice.ranges().iterator();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && (lines != null || ranges.hasNext())) {
      if (lines == null) {
        openNext();
      } else {
        readLine();
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void openNext() {
    range = ranges.next();
    TraceFile file = range.file();
    read = 0;
    events = 0;
    firstLines.clear();
    if (file.refusal() != null) {
      rejectFile(file.refusal());
      return;
    }
    if (labelled && !readLabel(range.labels())) {
      return;
    }
    InputStream in = null;
    try {
      long from = Math.max(0, range.start() - 1);
      in = from == 0 ? contents.open(file) : contents.open(file, from);
      lines = new LineReader(Packing.of(file.name()).unpack(in), range.start(), range.end());
      recording = format.recording(Packing.unpackedName(file.name()));
      parser = format.parser(settings, Packing.unpackedName(file.name()));
    } catch (IOException | RuntimeException e) {
      closeAfter(e, in);
      unreadable(e);
    }
  }

  /** Reads the labels of a recording. Returns false after rejecting the recording. */
  private boolean readLabel(TraceFile file) {
    boolean first = range.start() == 0;
    String reason;
    if (file == null) {
      reason = "has no file with labels beside it";
    } else if (file.refusal() != null) {
      reason = "has labels in '%s', which %s".formatted(file.name(), file.refusal());
    } else {
      try (InputStream in = LabelFiles.open(contents, file)) {
        label = RecordingLabel.read(in);
        if (first) {
          ready.add(
              EventColumns.counted(
                  range.file().name(),
                  label.hasAttack() ? Counted.ATTACK_RECORDINGS : Counted.NORMAL_RECORDINGS));
        }
        return true;
      } catch (StorageException e) {
        throw failed(file, e);
      } catch (IOException | RuntimeException e) {
        reason =
            "has labels in '%s' that cannot be used: %s"
                .formatted(file.name(), FileSystemRefusal.reason(e));
      }
    }
    if (first) {
      rejectFile(reason);
    }
    return false;
  }

  private void readLine() {
    try {
      if (!lines.read()) {
        endRange();
        return;
      }
    } catch (IOException | RuntimeException e) {
      closeAfter(e, lines);
      lines = null;
      unreadable(e);
      return;
    }
    read++;
    String line = lines.line();
    if (lines.isBinary()) {
      taker.rejected("is binary: it holds the byte 0x00");
      return;
    }
    if (firstLines.size() < FIRST_LINES) {
      firstLines.add(StringUtils.truncate(line, FIRST_CHARACTERS));
    }
    parser.parse(line, lines.isCut(), taker);
  }

  private void endRange() {
    try {
      lines.close();
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lines = null;
    }
    if (read == 0 && range.isWhole()) {
      rejectFile("is empty");
    }
    others.drainTo(ready, range.file().name(), hint());
  }

  /** Says which format a file looks like of which nothing can be read. */
  private String hint() {
    if (events > 0 || others.rejected() == 0) {
      return "";
    }
    return EventFormats.recognised(firstLines)
        .filter(other -> !other.name().equals(format.name()))
        .map(other -> "; the file looks like " + other.name())
        .orElse("");
  }

  private void unreadable(Exception failure) {
    StorageException storage = ExceptionUtils.throwableOfType(failure, StorageException.class);
    if (storage != null) {
      throw failed(storage);
    }
    String after = read == 0 ? "" : " after line " + read;
    rejectFile("cannot be read%s: %s".formatted(after, FileSystemRefusal.reason(failure)));
    others.drainTo(ready, range.file().name(), "");
  }

  private void rejectFile(String reason) {
    ready.add(EventColumns.lines(EventColumns.REJECTED, range.file().name(), 0, reason, 0));
  }

  private UnusableInputException failed(IOException failure) {
    return failed(range.file(), failure);
  }

  private UnusableInputException failed(TraceFile file, IOException failure) {
    return new UnusableInputException(
        "Cannot read %s: %s; once it can be read, run again"
            .formatted(source.address(file.name()), FileSystemRefusal.reason(failure)),
        failure);
  }

  private static void closeAfter(Exception failure, Closeable open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (TraceSource.Contents closed = contents;
        LineReader open = lines) {
      lines = null;
    }
  }

  /** Takes what a line gave. */
  private final class Taker implements EventFormat.Sink {
    @Override
    public void event(SystemCallEvent event) {
      events++;
      long owner =
          byThread
              ? event.thread()
              : format.tellsProcesses() ? event.process() : EventColumns.FOUND_OUT;
      String family = labelled && event.time() != null ? label.familyAt(event.time()) : null;
      ready.add(
          EventColumns.event(
              event, recording, owner, range.file().name(), lines.position(), family));
    }

    @Override
    public void ignored(String kind) {
      others.ignore(kind);
    }

    @Override
    public void rejected(String reason) {
      // Nobody knows how many lines stand before the middle of a file.
      String place = range.start() == 0 ? "line " + read : "byte " + lines.position();
      others.reject(place, lines.position(), reason);
    }
  }
}
