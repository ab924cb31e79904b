package syscallanomaly.trace;

import java.util.Optional;
import syscallanomaly.trace.file.TraceSource;

/**
 * What was listed of a split, before anything is read.
 *
 * @param source names the files
 * @param fingerprint identifies what was listed
 * @param hidden number of files and folders that were skipped
 * @param bytes known size of all files in bytes
 * @param files number of files
 * @param format how the format was found, or empty if the settings name it
 */
record TraceInput(
    TraceSource source,
    String fingerprint,
    long hidden,
    long bytes,
    long files,
    Optional<String> format) {}
