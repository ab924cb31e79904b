package syscallanomaly.score.fitted;

/**
 * A file of a fitted detector.
 *
 * @param path path below the detector's folder, with {@code /} between names
 * @param bytes size of the file
 * @param sha256 SHA-256 of the file's content, hexadecimal
 */
public record StoredFile(String path, long bytes, String sha256) {}
