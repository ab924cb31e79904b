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
import syscallanomaly.trace.file.StorageException;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.TraceFormat;
import syscallanomaly.trace.line.Packing;

/**
 * Iterates over what the files of a slice hold, in their order. At most one file is open, and a
 * file whose name ends with .gz or .zst is unpacked as it is read. Every file gives at least one
 * element: a file in which its format finds no trace gives a reject, and so does one that is
 * damaged or that the user may not read.
 *
 * <p>A file that disk, network or service fail to give is no reject. Its content may be a good
 * trace, which must not be lost. The iterator throws an {@link UnusableInputException}, which makes
 * Spark run the task again (spark.task.maxFailures), and ends the job after the last attempt.
 */
final class SliceTraces implements Iterator<ParsedTrace>, Closeable {
  private final TraceSource source;
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
   * @param source opens the files
   * @param parser parser of the files' format
   * @param slice the files
   * @param maxBytes largest accepted size of a file in bytes, packed and unpacked
   */
  SliceTraces(TraceSource source, TraceFormat.Parser parser, FileSlice slice, long maxBytes) {
    this.source = source;
    this.contents = source.contents();
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
    TraceFile listed = slice.file(opened++);
    file = listed.name();
    long bytes = listed.bytes();
    if (listed.refusal() != null) {
      return ParsedTrace.rejected(file, listed.refusal());
    }
    if (bytes > maxBytes) {
      return ParsedTrace.rejected(
          file, "has %d bytes, more than the %d that are accepted".formatted(bytes, maxBytes));
    }
    fileGaveSomething = false;
    try {
      in = new LimitedStream(contents.open(listed), maxBytes);
      Packing packing = Packing.of(file);
      if (packing != Packing.NONE) {
        in = new LimitedStream(packing.unpack(in), maxBytes);
      }
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
      throw failed(e);
    }
    return fileGaveSomething ? null : ParsedTrace.rejected(file, "holds no trace");
  }

  /**
   * Closes the file and rejects it, unless its place failed. Damaged bytes make decoders throw more
   * than IOExceptions.
   */
  private ParsedTrace unreadable(Exception failure) {
    try {
      closeFile();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    StorageException storage = ExceptionUtils.throwableOfType(failure, StorageException.class);
    if (storage != null) {
      throw failed(storage);
    }
    TooLargeException tooLarge = ExceptionUtils.throwableOfType(failure, TooLargeException.class);
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    return ParsedTrace.rejected(
        file,
        tooLarge == null
            ? "cannot be read: " + FileSystemRefusal.reason(cause)
            : tooLarge.getMessage());
  }

  private UnusableInputException failed(IOException failure) {
    return new UnusableInputException(
        "Cannot read %s: %s; once it can be read, run again"
            .formatted(source.address(file), FileSystemRefusal.reason(failure)),
        failure);
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
