package syscallanomaly.trace;

import java.util.Optional;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceSource;

/**
 * What was listed of a split, before anything is read.
 *
 * @param source names the files
 * @param fingerprint identifies what was listed
 * @param hidden number of files and folders that were skipped
 * @param bytes known size of all files in bytes
 * @param files number of files
 * @param format how the format was found and which files are left out, or empty
 */
record TraceInput(
    TraceSource source,
    String fingerprint,
    long hidden,
    long bytes,
    long files,
    Optional<String> format) {

  /** The same input, whose fingerprint is that of other files, too. */
  TraceInput withFingerprintOf(TraceListing all) {
    return new TraceInput(source, all.fingerprint(), hidden, bytes, files, format);
  }

  static TraceInput of(TraceListing listing, Optional<String> format) {
    return new TraceInput(
        listing.source(),
        listing.fingerprint(),
        listing.hidden(),
        listing.files().stream().mapToLong(file -> Math.max(0, file.bytes())).sum(),
        listing.files().size(),
        format);
  }
}
