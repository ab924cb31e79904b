package syscallanomaly.trace.file;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The files of a split, sorted by name in code-unit order. The driver holds the names and sizes of
 * all files, as it does for Spark's own file sources. It never holds their content.
 *
 * @param source opens the files
 * @param files the files; each stands once, and none is hidden
 * @param hidden number of files and folders that were skipped because their names start with . or
 *     _; a folder counts as one, whatever it holds
 */
public record TraceListing(TraceSource source, List<TraceFile> files, long hidden) {

  /**
   * Sorts the files, and leaves out hidden ones and repeats.
   *
   * @param source opens the files
   * @param found the files in any order
   * @param skipped number of hidden files and folders that are not among those found
   */
  public static TraceListing of(TraceSource source, List<TraceFile> found, long skipped) {
    long hidden =
        found.stream()
            .map(file -> TraceFile.hiddenPart(file.name()))
            .flatMap(Optional::stream)
            .distinct()
            .count();
    return new TraceListing(
        source,
        found.stream()
            .filter(file -> TraceFile.hiddenPart(file.name()).isEmpty())
            .sorted(Comparator.comparing(TraceFile::name))
            .distinct()
            .toList(),
        skipped + hidden);
  }

  /** SHA-256, in hexadecimal, of the names, sizes and stamps of all files in order. */
  public String fingerprint() {
    MessageDigest digest = DigestUtils.getSha256Digest();
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      for (TraceFile file : files) {
        byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
        out.writeInt(name.length);
        out.write(name);
        out.writeLong(file.bytes());
        out.writeLong(file.stamp());
      }
      return Hex.encodeHexString(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("A digest in memory cannot fail", e);
    }
  }
}
