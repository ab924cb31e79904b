package syscallanomaly.trace;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import syscallanomaly.trace.LimitedStream.TooLargeException;
import syscallanomaly.trace.file.FileSystemRefusal;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.TraceFormat;

/**
 * Iterates over what the files of a slice hold, in their order. At most one file is open, and at
 * most one trace is in memory. Every file gives at least one element: a file in which its format
 * finds no trace gives a reject.
 */
final class SliceTraces implements Iterator<ParsedTrace>, Closeable {
  private final TraceSource.Contents contents;
  private final TraceFormat.Parser parser;
  private final FileSlice slice;
  private final long maxBytes;

  private int opened;
  private String file;
  private InputStream in;
  private Iterator<ParsedTrace> inFile;
  private boolean fileGaveSomething;
  private ParsedTrace next;

  /**
   * @param contents opens the files; it is closed together with this iterator
   * @param parser parser of the files' format
   * @param slice the files
   * @param maxBytes largest accepted size of a file, in bytes
   */
  SliceTraces(
      TraceSource.Contents contents, TraceFormat.Parser parser, FileSlice slice, long maxBytes) {
    this.contents = contents;
    this.parser = parser;
    this.slice = slice;
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean hasNext() {
    while (next == null && (inFile != null || opened < slice.size())) {
      next = inFile == null ? openNext() : nextInFile();
    }
    return next != null;
  }

  @Override
  public ParsedTrace next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ParsedTrace trace = next;
    next = null;
    return trace;
  }

  /** Opens the next file. Returns the reject if that fails, and null if it succeeds. */
  private ParsedTrace openNext() {
    file = slice.name(opened);
    long bytes = slice.bytes(opened);
    opened++;
    if (bytes > maxBytes) {
      return ParsedTrace.rejected(
          file, "has %d bytes, more than the %d that are accepted".formatted(bytes, maxBytes));
    }
    fileGaveSomething = false;
    try {
      in = new LimitedStream(contents.open(file, bytes), maxBytes);
      inFile = parser.parse(file, in);
      return null;
    } catch (IOException | RuntimeException e) {
      return unreadable(e);
    }
  }

  /** Returns the next element of the open file, or null at its end. */
  private ParsedTrace nextInFile() {
    try {
      if (inFile.hasNext()) {
        fileGaveSomething = true;
        return inFile.next();
      }
    } catch (RuntimeException e) {
      return unreadable(e);
    }
    try {
      closeFile();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + file + " after reading it", e);
    }
    return fileGaveSomething ? null : ParsedTrace.rejected(file, "holds no trace");
  }

  /** Closes the file and rejects it. Damaged bytes make decoders throw more than IOExceptions. */
  private ParsedTrace unreadable(Exception failure) {
    try {
      closeFile();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    TooLargeException tooLarge = ExceptionUtils.throwableOfType(failure, TooLargeException.class);
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    return ParsedTrace.rejected(
        file,
        tooLarge == null
            ? "cannot be read: " + FileSystemRefusal.reason(cause)
            : tooLarge.getMessage());
  }

  private void closeFile() throws IOException {
    InputStream open = in;
    in = null;
    inFile = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    try (TraceSource.Contents closed = contents) {
      closeFile();
    }
  }
}
