package syscallanomaly.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.table.TableFiles;
import syscallanomaly.trace.event.text.EventFormats;
import syscallanomaly.trace.file.StorageException;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.line.Packing;

/**
 * The format that the first files of a split look like.
 *
 * @param name name of the format
 * @param how what was found, in one line
 */
record FoundFormat(String name, String how) {
  private static final int MOST_FILES = 20;
  private static final int MOST_BYTES = 1 << 16;
  private static final int MOST_LINES = 50;
  private static final Pattern PAIRS = Pattern.compile("\\s*\\d+\\s+\\d+\\s*");
  private static final Pattern NUMBERS = Pattern.compile("[\\d\\s]*\\d[\\d\\s]*");

  /**
   * Looks at the names of the files, and at the beginnings of some until one looks like a format.
   *
   * @throws UnusableInputException if none does
   */
  static FoundFormat in(TraceLocation location, TraceListing listing) {
    Optional<String> table = TableFiles.typeOf(listing);
    if (table.isPresent()) {
      return new FoundFormat(Formats.EVENTS, "events, a table of %s files".formatted(table.get()));
    }
    int looked = 0;
    try (TraceSource.Contents contents = listing.source().contents()) {
      for (TraceFile file : listing.files()) {
        if (looked == MOST_FILES) {
          break;
        }
        if (file.refusal() != null || file.bytes() == 0) {
          continue;
        }
        looked++;
        Optional<String> found = formatOf(contents, file);
        if (found.isPresent()) {
          return new FoundFormat(
              found.get(),
              "%s, which %s looks like".formatted(found.get(), VisibleText.of(file.name())));
        }
      }
    } catch (IOException e) {
      throw location.unusable(e);
    }
    throw location.unusable(
        "its first %d files look like none of the formats %s; name the one they have"
            .formatted(looked, String.join(", ", Formats.names())));
  }

  private static Optional<String> formatOf(TraceSource.Contents contents, TraceFile file)
      throws IOException {
    byte[] start;
    try (InputStream in = Packing.of(file.name()).unpack(contents.open(file))) {
      start = in.readNBytes(MOST_BYTES);
    } catch (StorageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The file is damaged or may not be read. Reading will reject it.
      return Optional.empty();
    }
    List<String> lines =
        new String(start, StandardCharsets.UTF_8).lines().limit(MOST_LINES).toList();
    Optional<String> events = EventFormats.recognised(lines).map(EventFormat::name);
    if (events.isPresent()) {
      return events;
    }
    // The last line may be cut off.
    List<String> whole = lines.size() > 1 ? lines.subList(0, lines.size() - 1) : lines;
    if (whole.size() > 1 && whole.stream().allMatch(line -> PAIRS.matcher(line).matches())) {
      return Optional.of("unm");
    }
    return !whole.isEmpty() && whole.stream().allMatch(line -> NUMBERS.matcher(line).matches())
        ? Optional.of("adfa-ld")
        : Optional.empty();
  }
}
