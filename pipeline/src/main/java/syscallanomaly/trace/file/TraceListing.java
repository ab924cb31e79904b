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
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The files of a split, sorted by name in code-unit order. The driver holds the names and sizes of
 * all files, as it does for Spark's own file sources. It never holds their content.
 *
 * @param source opens the files
 * @param files the files; hidden files and repeats are left out
 */
public record TraceListing(TraceSource source, List<TraceFile> files) {

  public TraceListing {
    files =
        files.stream()
            .filter(file -> !TraceFile.isHidden(file.name()))
            .sorted(Comparator.comparing(TraceFile::name))
            .distinct()
            .toList();
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
